import { useEffect, useState } from 'react'
import { CorruptionSliders } from '../../controls/CorruptionSliders'
import { useLabSession, useSession } from '../../session/context'
import type { Session } from '../../session/session'
import { isClean, NO_CORRUPTION } from '../../session/probe'
import { classNameOf } from './points-by-norm'
import { Gallery } from './Gallery'
import './image-quality.css'
import { Picture } from './Picture'

/** Picks a point's picture and corrupts it; the first point at first. */
export function Controls() {
  const session = useLabSession()
  const probe = useSession((state) => state.probe)
  // Points are there from the first frame of a run on.
  const ready = useReady()
  useEffect(() => session.probe.follow(), [session])
  useEffect(() => {
    if (ready && !session.state.probe) session.probe.set(0, NO_CORRUPTION)
  }, [session, ready])
  useEffect(() => () => session.probe.end(), [session])
  if (!probe || !ready) return null
  const { point, corruption } = probe
  const picture = session.probe.corrupted(point, corruption)
  return (
    <div className="image-quality">
      <div className="image-quality-row">
        <figure>
          {picture && <Picture pixels={picture} className="image-quality-picture" />}
          <figcaption>{classNameOf(session.runs.view, point)}</figcaption>
          <button
            className="text-button"
            disabled={isClean(corruption)}
            onClick={() => session.probe.set(point, NO_CORRUPTION)}
          >
            clean
          </button>
        </figure>
        <div className="image-quality-sliders">
          <CorruptionSliders value={corruption} onChange={(next) => session.probe.set(point, next)} />
        </div>
      </div>
      <Gallery chosen={point} onChoice={(next) => session.probe.set(next, corruption)} />
    </div>
  )
}

/** Whether there are pictures to choose from. */
function useReady(): boolean {
  const session = useLabSession()
  const [ready, setReady] = useState(() => hasPictures(session))
  useEffect(() => session.runs.subscribeView(() => setReady(hasPictures(session))), [session])
  return ready
}

const hasPictures = ({ runs, probe }: Session): boolean => runs.view.count > 0 && probe.picture(0) !== null
