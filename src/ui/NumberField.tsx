import { NumberField as Base } from '@base-ui/react/number-field'
import { useId } from 'react'
import './Field.css'
import './NumberField.css'

interface NumberFieldProps {
  readonly label: string
  /** What it does, in a sentence. */
  readonly note: string
  readonly value: number
  readonly min: number
  readonly max: number
  readonly onChange: (value: number) => void
}

/** A whole number that is typed, or counted up and down. */
export function NumberField({ label, note, value, min, max, onChange }: NumberFieldProps) {
  const id = useId()
  return (
    <div className="field">
      <Base.Root
        id={id}
        value={value}
        min={min}
        max={max}
        step={1}
        format={{ useGrouping: false }}
        onValueCommitted={(next) => {
          if (next !== null && next !== value) onChange(next)
        }}
      >
        <div className="field-row">
          <label className="field-label" htmlFor={id}>
            {label}
          </label>
          <Base.Group className="number-group">
            <Base.Decrement className="number-step" aria-label={`lower ${label}`}>
              −
            </Base.Decrement>
            <Base.Input className="number-input" />
            <Base.Increment className="number-step" aria-label={`higher ${label}`}>
              +
            </Base.Increment>
          </Base.Group>
        </div>
      </Base.Root>
      <p className="note">{note}</p>
    </div>
  )
}
