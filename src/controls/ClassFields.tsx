import { Toggle } from '@base-ui/react/toggle'
import { ToggleGroup } from '@base-ui/react/toggle-group'
import { useId } from 'react'
import { wholeOf } from '../datasets/select'
import type { Experiment } from '../engine/config'
import { useLabSession, useSession } from '../session/context'
import { activeRun } from '../session/state'
import { SliderField } from '../ui/SliderField'
import './ClassFields.css'

/** Of more classes, the first so many can be taken with a slider. */
const MANY = 20

/** Which classes are trained on, and which are only verified. */
export function ClassFields({ data }: { readonly data: Experiment['data'] }) {
  const session = useLabSession()
  const run = useSession((state) => activeRun(state).run)
  // Names come with the images; until those of another data set are there, there is nothing to choose from.
  const shown = session.runs.view.data
  if (!shown || run?.experiment.data.set !== data.set) return null
  const whole = wholeOf(shown)
  const names = [...whole.classes, ...whole.unseen]
  const own = whole.classes.length
  const places = names.map((_, j) => j)
  const unseen = data.unseen ?? places.slice(own)
  const free = places.slice(0, own).filter((j) => !unseen.includes(j))
  const trained = data.classes ?? free
  const train = (next: readonly number[]): void => {
    if (next.length >= 2) session.settings.setData({ classes: same(next, free) ? undefined : [...next] })
  }
  const keepUnseen = (next: readonly number[]): void => {
    const classes = trained.filter((j) => !next.includes(j))
    if (classes.length < 2) return
    session.settings.setData({
      unseen: same(next, places.slice(own)) ? undefined : [...next],
      classes: data.classes && classes,
    })
  }
  return (
    <details className="class-choice">
      <summary>
        {trained.length} classes{unseen.length > 0 && `, ${unseen.length} unseen`}
      </summary>
      {own > MANY && (
        <SliderField
          label="classes"
          help="Trains on the first so many. Begins a new run."
          value={trained.length}
          min={2}
          max={free.length}
          step={1}
          format={String}
          onChange={(count) => train(free.slice(0, count))}
        />
      )}
      <Chips
        label="trained on"
        note="With a long tail, the first is the largest. Begins a new run."
        names={names.slice(0, own)}
        on={trained}
        disabled={unseen}
        onChange={train}
      />
      <Chips
        label="unseen"
        note="Never trained on: for verification of pairs of identities that the network has not met. Begins a new run."
        names={names}
        on={unseen}
        disabled={[]}
        onChange={keepUnseen}
      />
    </details>
  )
}

/** A toggle for each class; those that are on, in the order of the data set. */
function Chips({
  label,
  note,
  names,
  on,
  disabled,
  onChange,
}: {
  readonly label: string
  readonly note: string
  readonly names: readonly string[]
  readonly on: readonly number[]
  readonly disabled: readonly number[]
  readonly onChange: (on: readonly number[]) => void
}) {
  const id = useId()
  return (
    <div className="field">
      <span id={id} className="field-label">
        {label}
      </span>
      <ToggleGroup
        className="class-chips"
        aria-labelledby={id}
        multiple
        value={on.map(String)}
        onValueChange={(next) => onChange(next.map(Number).sort((a, b) => a - b))}
      >
        {names.map((name, j) => (
          <Toggle
            key={j}
            value={String(j)}
            className="class-toggle"
            disabled={disabled.includes(j)}
            aria-label={`class ${name}`}
          >
            {name}
          </Toggle>
        ))}
      </ToggleGroup>
      <p className="note">{note}</p>
    </div>
  )
}

function same(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((value, k) => value === b[k])
}
