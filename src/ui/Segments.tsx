import { Toggle } from '@base-ui/react/toggle'
import { ToggleGroup } from '@base-ui/react/toggle-group'
import './Segments.css'

/** One of several things to choose from. */
export interface Choice<T extends string> {
  readonly value: T
  readonly label: string
  /** One line more, in lists that have room for it. */
  readonly detail?: string
}

interface SegmentsProps<T extends string> {
  readonly value: T
  readonly choices: readonly Choice<T>[]
  readonly onChange: (value: T) => void
  readonly disabled?: boolean
  /** What it is called, or the id of the element that says so. */
  readonly label?: string
  readonly labelledBy?: string
}

/** A few alternatives side by side, of which one is always chosen. */
export function Segments<T extends string>(props: SegmentsProps<T>) {
  const { value, choices, onChange, disabled = false, label, labelledBy } = props
  return (
    <ToggleGroup
      className="segments"
      aria-label={label}
      aria-labelledby={labelledBy}
      value={[value]}
      disabled={disabled}
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
  )
}
