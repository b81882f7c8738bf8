import { useEffect, useState } from 'react'
import { SliderField } from '../../ui/SliderField'
import type { Damage } from '../../datasets/settings'
import {
  damaged,
  endProbe,
  followProbe,
  isUndamaged,
  NO_DAMAGE,
  pictureOf,
  setProbe,
} from '../../session/probe'
import { runView, subscribeView } from '../../session/runs'
import { useSession } from '../../session/store'
import { classNameOf } from './points-by-norm'
import { Gallery } from './Gallery'
import './image-quality.css'
import { Picture } from './Picture'

const percent = (value: number): string => `${Math.round(100 * value)} %`
const pixels = (value: number): string => `${value} px`

interface Kind {
  readonly id: keyof Damage
  readonly label: string
  readonly help: string
  readonly min: number
  readonly max: number
  readonly step: number
  readonly format: (value: number) => string
}

const KINDS: readonly Kind[] = [
  {
    id: 'blur',
    label: 'blur',
    min: 0,
    max: 4,
    step: 0.1,
    format: pixels,
    help: 'As out of focus; the deviation of a Gaussian.',
  },
  {
    id: 'noise',
    label: 'noise',
    min: 0,
    max: 0.8,
    step: 0.02,
    format: percent,
    help: 'As in the dark; the deviation, in parts of black to white.',
  },
  {
    id: 'occlusion',
    label: 'covered',
    min: 0,
    max: 0.8,
    step: 0.02,
    format: percent,
    help: 'The side of a grey square in front, in parts of the image.',
  },
  {
    id: 'contrast',
    label: 'contrast',
    min: 0.05,
    max: 1,
    step: 0.01,
    format: percent,
    help: 'What is left of the differences from the mean grey.',
  },
  {
    id: 'downsample',
    label: 'coarse pixels',
    min: 1,
    max: 14,
    step: 1,
    format: pixels,
    help: 'As from far away: squares of this side take one grey.',
  },
]

/** Picks a point's picture and damages it; the first point at first. */
export function Controls() {
  const probe = useSession((state) => state.probe)
  // Points are there from the first frame of a run on.
  const ready = useReady()
  useEffect(() => followProbe(), [])
  useEffect(() => {
    if (ready && !useSession.getState().probe) setProbe(0, NO_DAMAGE)
  }, [ready])
  useEffect(() => endProbe, [])
  if (!probe || !ready) return null
  const { point, damage } = probe
  const picture = damaged(point, damage)
  return (
    <div className="image-quality">
      <div className="image-quality-row">
        <figure>
          {picture && <Picture pixels={picture} className="image-quality-picture" />}
          <figcaption>{classNameOf(point)}</figcaption>
          <button
            className="panel-button"
            disabled={isUndamaged(damage)}
            onClick={() => setProbe(point, NO_DAMAGE)}
          >
            undamaged
          </button>
        </figure>
        <div className="image-quality-sliders">
          {KINDS.map(({ id, ...kind }) => (
            <SliderField
              key={id}
              {...kind}
              value={damage[id]}
              onChange={(value) => setProbe(point, { ...damage, [id]: value })}
            />
          ))}
        </div>
      </div>
      <Gallery chosen={point} onChoice={(next) => setProbe(next, damage)} />
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
