import { Switch } from '@base-ui/react/switch'
import { useId } from 'react'
import { Field, Label, type FieldProps } from './Field'
import './SwitchField.css'

/** On or off. */
export function SwitchField({
  checked,
  onChange,
  ...props
}: FieldProps & { readonly checked: boolean; readonly onChange: (checked: boolean) => void }) {
  const id = useId()
  return (
    <Field props={props}>
      <div className="field-row">
        <Label {...props} id={id} />
        <Switch.Root
          className="switch-root"
          aria-labelledby={id}
          checked={checked}
          disabled={props.disabled !== undefined}
          onCheckedChange={onChange}
        >
          <Switch.Thumb className="switch-thumb" />
        </Switch.Root>
      </div>
    </Field>
  )
}
