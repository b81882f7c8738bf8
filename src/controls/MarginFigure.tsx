import type { Interval, MarginCheck } from '../losses/margin-check'
import { Tex } from './Tex'

const WIDTH = 280
const HEIGHT = 120
/** Values beyond these leave the figure. */
const [LOWEST, HIGHEST] = [-4, 2]

/** ψ, its slope and the cosine over θ; a stroke on the axis marks where ψ is not what a margin should be. */
export function MarginFigure({ check }: { readonly check: MarginCheck }) {
  const { psi, slope, notDecreasing, aboveCosine, notFinite } = check
  const cosine = psi.map((_, degree) => Math.cos((degree * Math.PI) / 180))
  const shown = [...psi, ...slope].filter((value) => value >= LOWEST && value <= HIGHEST)
  const least = Math.min(-1, ...shown)
  const most = Math.max(1, ...shown)
  const x = (degree: number): number => (WIDTH * degree) / 180
  const y = (value: number): number => (HEIGHT * (most - value)) / (most - least)
  const wrong: readonly Interval[] = [...notDecreasing, ...aboveCosine, ...notFinite]
  return (
    <figure className="margin-figure">
      <svg
        viewBox={`0 -2 ${WIDTH} ${HEIGHT + 4}`}
        role="img"
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
