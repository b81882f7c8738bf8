import { useEffect, useRef, type RefObject } from 'react'
import { useLabSession, useSession } from '../session/context'
import { scrubByKey } from './scrubbing'
import './Recorded.css'

/** Says that what is shown was recorded, and offers to train on. */
export function RecordedNote() {
  const session = useLabSession()
  const recorded = useSession((state) => state.playback)
  if (!recorded) return null
  return (
    <div className="recorded" role="group" aria-label="Recorded run">
      <p>
        <strong>Recorded run</strong> <span>{recorded.name}</span>
      </p>
      <button className="button" onClick={() => session.transport.playLive()}>
        Take over live
      </button>
    </div>
  )
}

/** The cursor of the timeline as a slider, which moves through a recorded run. */
export function RecordedPlace({ cursor }: { readonly cursor: RefObject<HTMLElement | null> }) {
  const session = useLabSession()
  const thumb = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const follow = (): void => {
      const element = thumb.current
      const recorded = session.playback.player
      if (!element || !recorded) return
      element.style.left = cursor.current?.style.left ?? '0'
      element.setAttribute('aria-valuemax', String(recorded.steps))
      element.setAttribute('aria-valuenow', String(recorded.step))
      const epoch = (session.runs.view.frame?.epochs ?? 0).toFixed(1)
      element.setAttribute('aria-valuetext', `step ${recorded.step}, epoch ${epoch}`)
    }
    follow()
    return session.runs.subscribeView(follow)
  }, [session, cursor])
  return (
    <div
      ref={thumb}
      className="timeline-thumb"
      role="slider"
      tabIndex={0}
      aria-label="Place in the recorded run"
      aria-valuemin={0}
      aria-valuemax={0}
      aria-valuenow={0}
      onKeyDown={(event) => scrubByKey(session.playback.player, event)}
    />
  )
}
