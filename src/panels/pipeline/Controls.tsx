import { useSyncExternalStore } from 'react'
import { fixed } from '../../render/format'
import { useLabSession, useSession } from '../../session/context'
import { thresholdName } from './answering'
import { useChoice } from './choice'
import { PAIR_KINDS } from './choose-pair'
import './pipeline.css'

/** Which pictures are shown, and the threshold. */
export function Controls() {
  const session = useLabSession()
  const run = useSession(() => session.panelView)
  const verification = useSyncExternalStore(
    (changed) => run.subscribe(changed),
    () => run.verification,
  )
  const { kind, pair, point } = useChoice()
  const chosen = useSession((state) => state.view.threshold)
  const result = verification?.result ?? null
  const threshold = chosen ?? result?.threshold ?? 0
  return (
    <div className="pipeline-controls">
      {verification?.source.run !== null && (
        <button type="button" onClick={() => useChoice.setState({ point: point + 1 })}>
          Next picture
        </button>
      )}
      <fieldset disabled={!result}>
        <label>
          Pair
          <select
            value={kind}
            onChange={({ target }) => useChoice.setState({ kind: target.value as typeof kind, pair: 0 })}
          >
            {PAIR_KINDS.map(({ id, label }) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <button type="button" onClick={() => useChoice.setState({ pair: pair + 1 })}>
          Next pair
        </button>
        <label className="pipeline-threshold">
          Threshold {result ? fixed(threshold, 2) : ''}
          <input
            type="range"
            min={-1}
            max={1}
            step={0.01}
            value={threshold}
            onChange={({ target }) => session.store.setView({ threshold: Number(target.value) })}
          />
        </label>
        <button
          type="button"
          disabled={chosen === null}
          onClick={() => session.store.setView({ threshold: null })}
        >
          Back to the {result ? thresholdName(result) : 'threshold of the folds'}
        </button>
      </fieldset>
    </div>
  )
}
