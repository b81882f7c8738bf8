import { Toggle } from '@base-ui/react/toggle'
import { ToggleGroup } from '@base-ui/react/toggle-group'
import { useId } from 'react'
import { Field, Label, type FieldProps } from './Field'

export interface Choice<T extends string> {
  readonly value: T
  readonly label: string
  /** One line more, in lists that have room for it. */
  readonly detail?: string
}

/** A few alternatives side by side. */
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
    <Field props={props} className="choice">
      <Label {...props} id={id} />
      <ToggleGroup
        className="segments"
        aria-labelledby={id}
        value={[value]}
        disabled={props.disabled !== undefined}
        onValueChange={([next]) => {
          // Pressing the chosen one again would leave none.
          if (next !== undefined) onChange(next)
        }}
      >
        {choices.map((choice) => (
          <Toggle key={choice.value} value={choice.value} className="segment">
            {choice.label}
          </Toggle>
        ))}
      </ToggleGroup>
    </Field>
  )
}
