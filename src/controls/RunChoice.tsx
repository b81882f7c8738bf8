import { Toggle } from '@base-ui/react/toggle'
import { ToggleGroup } from '@base-ui/react/toggle-group'
import { letterOf, lossName } from '../session/run-names'
import { useLabSession, useSession } from '../session/context'
import './RunChoice.css'

/** Whose settings these are: of one of the runs side by side, or of all. Nothing while there is one run. */
export function RunChoice() {
  const session = useLabSession()
  const runs = useSession((state) => state.runs)
  const active = useSession((state) => state.active)
  const forAll = useSession((state) => state.forAll)
  if (runs.length === 1) return null
  const choose = (value: string): void => {
    session.store.set({ forAll: value === 'all' })
    if (value !== 'all') session.store.activate(Number(value))
  }
  return (
    <div className="run-choice">
      <ToggleGroup
        className="run-choices"
        aria-label="Settings are for"
        value={[forAll ? 'all' : String(active)]}
        onValueChange={([next]) => next !== undefined && choose(next)}
      >
        {runs.map(({ id, experiment }, place) => {
          const name = lossName(experiment)
          return (
            <Toggle key={id} className="run-choice-one" value={String(id)} title={name}>
              <strong>{letterOf(place)}</strong>{' '}
              <span className={runs.length > 2 ? 'visually-hidden' : undefined}>{name}</span>
            </Toggle>
          )
        })}
        <Toggle className="run-choice-one" value="all" title="What is changed is changed for every run">
          all
        </Toggle>
      </ToggleGroup>
      <p className="note">Images, batches, seed and epochs are the same for all.</p>
    </div>
  )
}
