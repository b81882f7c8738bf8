import { useEffect, useRef } from 'react'
import { percent } from '../render/format'
import { follow } from '../render/throttle'
import { useLabSession, useSession } from '../session/context'
import type { RunState } from '../session/state'
import { differsFrom, letterOf, lossName } from '../session/run-names'
import './RunCaption.css'

/** Numbers in text change at most this often, in milliseconds. */
const TEXT_MS = 200

/** Above the stage of one of several runs: which it is, how well it does, and what differs. A click makes it active. */
export function RunCaption({ run, place }: { readonly run: RunState; readonly place: number }) {
  const session = useLabSession()
  const first = useSession((state) => state.runs[0]!.experiment)
  const active = useSession((state) => state.active === run.id)
  const letter = letterOf(place)
  const name = lossName(run.experiment)
  const differs = place === 0 ? null : differsFrom(first, run.experiment)
  return (
    <div className="run-caption" data-active={active || undefined}>
      <button
        className="run-name"
        aria-pressed={active}
        title={`Settings and panels show run ${letter}`}
        onClick={() => session.store.activate(run.id)}
      >
        <strong>{letter}</strong>
        <span className="run-loss">{name}</span>
        {differs !== null && (
          <span className="run-differs" title={differs}>
            {differs}
          </span>
        )}
      </button>
      <Progress id={run.id} />
      <button className="quiet" aria-label={`Remove run ${letter}`} onClick={() => session.removeRun(run.id)}>
        ×
      </button>
    </div>
  )
}

/** Step and accuracy, written into the page directly. */
function Progress({ id }: { readonly id: number }) {
  const session = useLabSession()
  const element = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    const { view } = session.runs.of(id)
    const write = (): void => {
      const accuracy = view.history.testAccuracy.last
      const test = accuracy === null ? '' : `test ${percent(accuracy)} · `
      const text = `${test}step ${view.frame?.step ?? 0}`
      if (element.current!.textContent !== text) element.current!.textContent = text
    }
    return follow((changed) => view.subscribe(changed), write, TEXT_MS)
  }, [session, id])
  return <span ref={element} className="run-progress" />
}
