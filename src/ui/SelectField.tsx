import { Select } from '@base-ui/react/select'
import { useId } from 'react'
import { Field, Label, type FieldProps } from './Field'
import type { Choice } from './Segments'
import './SelectField.css'

/** Many alternatives in a list that opens. */
export function SelectField<T extends string>({
  value,
  choices,
  onChange,
  placeholder,
  ...props
}: FieldProps & {
  /** null when none of the choices is true. */
  readonly value: T | null
  readonly choices: readonly Choice<T>[]
  readonly onChange: (value: T) => void
  readonly placeholder?: string
}) {
  const id = useId()
  const shown = choices.find((choice) => choice.value === value)
  return (
    <Field props={props}>
      <Select.Root
        value={value}
        disabled={props.disabled !== undefined}
        onValueChange={(next) => {
          if (next !== null) onChange(next)
        }}
      >
        <Label {...props} id={id} />
        <Select.Trigger className="select-trigger" aria-labelledby={id}>
          <Select.Value>{() => shown?.label ?? placeholder ?? ''}</Select.Value>
          <Select.Icon className="select-icon">▾</Select.Icon>
        </Select.Trigger>
        <Select.Portal>
          <Select.Positioner className="popup-layer" alignItemWithTrigger={false} sideOffset={4}>
            <Select.Popup className="popup select-popup">
              <Select.List>
                {choices.map((choice) => (
                  <Select.Item key={choice.value} value={choice.value} className="select-item">
                    <Select.ItemText>{choice.label}</Select.ItemText>
                    {choice.detail !== undefined && <span className="select-detail">{choice.detail}</span>}
                  </Select.Item>
                ))}
              </Select.List>
            </Select.Popup>
          </Select.Positioner>
        </Select.Portal>
      </Select.Root>
    </Field>
  )
}
