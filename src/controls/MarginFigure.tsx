import { useState } from 'react'
import type { Interval, MarginCheck } from '../losses/margin-check'
import { Tex } from '../ui/Tex'
import { MarginPoints, type MarginPoint } from './MarginPoints'
import './MarginFigure.css'

const WIDTH = 280
/** Room at the sides for the points at 0 and 180°. */
const SIDE = 8
/** Values beyond these leave the figure. */
const LOWEST = -4
const HIGHEST = 2

interface Range {
  readonly least: number
  readonly most: number
}

/**
 * ψ, its slope and the cosine over θ; a stroke on the axis marks where ψ is not what a margin should be.
 * @param points of a ψ that is bent by them
 */
export function MarginFigure({
  check,
  points,
  onBend,
}: {
  readonly check: MarginCheck
  readonly points?: readonly MarginPoint[] | undefined
  readonly onBend: (id: string, value: number) => void
}) {
  const { psi, slope, notDecreasing, aboveCosine, notFinite, overflows } = check
  const [held, setHeld] = useState<Range | null>(null)
  const height = points ? 190 : 120
  const cosine = psi.map((_, degree) => Math.cos((degree * Math.PI) / 180))
  const shown = [...psi, ...slope].filter((value) => value >= LOWEST && value <= HIGHEST)
  // Points need room to be dragged to, and a scale that stands still under the pointer.
  const room = points ? 0.4 : 0
  const range = held ?? { least: Math.min(-1, ...shown) - room, most: Math.max(1, ...shown) + room }
  const { least, most } = range
  const x = (degree: number): number => (WIDTH * degree) / 180
  const y = (value: number): number => (height * (most - value)) / (most - least)
  const valueAt = (place: number): number =>
    Math.min(most, Math.max(least, most - (place * (most - least)) / height))
  const wrong: readonly Interval[] = [...notDecreasing, ...aboveCosine, ...notFinite, ...overflows]
  return (
    <figure className="margin-figure">
      <svg
        viewBox={`${-SIDE} -2 ${WIDTH + 2 * SIDE} ${height + 4}`}
        role={points ? 'group' : 'img'}
        aria-label="ψ, its slope and cos θ from 0 to 180°"
      >
        <line className="axis" x1={0} x2={WIDTH} y1={y(0)} y2={y(0)} />
        {[45, 90, 135].map((degree) => (
          <line key={degree} className="axis" x1={x(degree)} x2={x(degree)} y1={y(0) - 3} y2={y(0) + 3} />
        ))}
        {wrong.map(({ from, to }, i) => (
          <line
            key={i}
            className="wrong"
            x1={x(from)}
            x2={Math.max(x(to), x(from) + 2)}
            y1={y(0)}
            y2={y(0)}
          />
        ))}
        <path className="cosine" d={path(cosine, x, y)} />
        <path className="slope" d={path(slope, x, y)} />
        <path className="psi" d={path(psi, x, y)} />
        {points && (
          <MarginPoints
            points={points}
            scale={{ x, y, valueAt }}
            onBend={onBend}
            onHold={(holds) => setHeld(holds ? range : null)}
          />
        )}
      </svg>
      <figcaption>
        <span data-curve="psi">
          <Tex>{String.raw`\psi`}</Tex>
        </span>
        <span data-curve="slope">
          <Tex>{String.raw`\mathrm d\psi/\mathrm d\theta`}</Tex>
        </span>
        <span data-curve="cosine">
          <Tex>{String.raw`\cos\theta`}</Tex>
        </span>
        <span>0–180°</span>
      </figcaption>
    </figure>
  )
}

/** A line through the values, with gaps where there are none to show. */
function path(values: Float64Array, x: (degree: number) => number, y: (value: number) => number): string {
  let drawing = false
  let d = ''
  values.forEach((value, degree) => {
    if (!(value >= LOWEST && value <= HIGHEST)) {
      drawing = false
      return
    }
    d += `${drawing ? 'L' : 'M'}${x(degree).toFixed(1)},${y(value).toFixed(1)}`
    drawing = true
  })
  return d
}
