import { useSyncExternalStore } from 'react'
import { PAIR_KINDS, type PairKind } from '../../geometry/pair-kinds'
import { fixed } from '../../render/format'
import { useLabSession, useSession } from '../../session/context'
import { thresholdName } from './answering'
import './pipeline.css'

/** Which pictures are shown, and the threshold. */
export function Controls() {
  const session = useLabSession()
  const run = useSession(() => session.panelView)
  const verification = useSyncExternalStore(
    (changed) => run.subscribe(changed),
    () => run.verification,
  )
  const { store } = session
  const { kind, pair, point } = useSession(({ view }) => view.pipeline)
  const chosen = useSession(({ view }) => view.threshold)
  const result = verification?.result ?? null
  const threshold = chosen ?? result?.threshold ?? 0
  return (
    <div className="pipeline-controls">
      {verification?.source.run !== null && (
        <button type="button" onClick={() => store.setPipeline({ point: point + 1 })}>
          Next picture
        </button>
      )}
      <fieldset disabled={!result}>
        <label>
          Pair
          <select
            value={kind}
            onChange={({ target }) => store.setPipeline({ kind: target.value as PairKind, pair: 0 })}
          >
            {PAIR_KINDS.map((id) => (
              <option key={id} value={id}>
                {id.replace('-', ' ')}
              </option>
            ))}
          </select>
        </label>
        <button type="button" onClick={() => store.setPipeline({ pair: pair + 1 })}>
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
            onChange={({ target }) => store.setView({ threshold: Number(target.value) })}
          />
        </label>
        <button type="button" disabled={chosen === null} onClick={() => store.setView({ threshold: null })}>
          Back to the {result ? thresholdName(result) : 'threshold of the folds'}
        </button>
      </fieldset>
    </div>
  )
}
