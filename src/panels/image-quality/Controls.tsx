import { useEffect, useState } from 'react'
import { CorruptionSliders } from '../../controls/CorruptionSliders'
import {
  corrupted,
  endProbe,
  followProbe,
  isClean,
  NO_CORRUPTION,
  pictureOf,
  setProbe,
} from '../../session/probe'
import { runView, subscribeView } from '../../session/runs'
import { useSession } from '../../session/store'
import { classNameOf } from './points-by-norm'
import { Gallery } from './Gallery'
import './image-quality.css'
import { Picture } from './Picture'

/** Picks a point's picture and corrupts it; the first point at first. */
export function Controls() {
  const probe = useSession((state) => state.probe)
  // Points are there from the first frame of a run on.
  const ready = useReady()
  useEffect(() => followProbe(), [])
  useEffect(() => {
    if (ready && !useSession.getState().probe) setProbe(0, NO_CORRUPTION)
  }, [ready])
  useEffect(() => endProbe, [])
  if (!probe || !ready) return null
  const { point, corruption } = probe
  const picture = corrupted(point, corruption)
  return (
    <div className="image-quality">
      <div className="image-quality-row">
        <figure>
          {picture && <Picture pixels={picture} className="image-quality-picture" />}
          <figcaption>{classNameOf(point)}</figcaption>
          <button
            className="text-button"
            disabled={isClean(corruption)}
            onClick={() => setProbe(point, NO_CORRUPTION)}
          >
            clean
          </button>
        </figure>
        <div className="image-quality-sliders">
          <CorruptionSliders value={corruption} onChange={(next) => setProbe(point, next)} />
        </div>
      </div>
      <Gallery chosen={point} onChoice={(next) => setProbe(next, corruption)} />
    </div>
  )
}

/** Whether there are pictures to choose from. */
function useReady(): boolean {
  const [ready, setReady] = useState(hasPictures)
  useEffect(() => subscribeView(() => setReady(hasPictures())), [])
  return ready
}

const hasPictures = (): boolean => runView().count > 0 && pictureOf(0) !== null
