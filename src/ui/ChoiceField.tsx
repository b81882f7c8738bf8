import { useId } from 'react'
import { Field, Label, type FieldProps } from './Field'
import { Segments, type Choice } from './Segments'

/** A setting of a few alternatives. */
export function ChoiceField<T extends string>({
  value,
  choices,
  onChange,
  ...props
}: FieldProps & {
  readonly value: T
  readonly choices: readonly Choice<T>[]
  readonly onChange: (value: T) => void
}) {
  const id = useId()
  return (
    <Field props={props}>
      <Label {...props} id={id} />
      <Segments
        value={value}
        choices={choices}
        onChange={onChange}
        disabled={props.disabled !== undefined}
        labelledBy={id}
      />
    </Field>
  )
}
