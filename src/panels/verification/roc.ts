import { decide, type Verification } from '../../geometry/verification'
import type { TarAtFar } from '../../geometry/roc'
import { axisBottom, axisLeft } from '../../render/axes'
import { fixed, percent, whole } from '../../render/format'
import { group, label, mark, PathText, smallType, type Mark } from '../../render/marks'
import { dot, type Plane } from '../common'
import type { Readout } from '../panel'

/** Where the axis of false accepts begins. */
export const LEAST_RATE = 1e-4

/** x is log₁₀ of the false accept rate, y the true accept rate. */
export type RocPlane = Plane

/** At most so many places of the curve are read. */
const PLACES = 60

/** The curve with its axes, the reported rates and the threshold on it. */
export function rocMarks(plane: RocPlane, result: Verification, threshold: number): Mark[] {
  const { theme, plot, x, y } = plane
  const { roc, rates } = result
  const chosen = decide(result, threshold)
  const wide = plot.right - plot.left > 13 * theme.rem
  return [
    axisLeft(theme, plot, y, { values: [0, 0.5, 1], format: (value) => `${100 * value}` }),
    axisBottom(theme, plot, x, { values: wide ? [-4, -3, -2, -1, 0] : [-4, -2, 0], format: power }),
    mark(
      'path',
      { d: curve(plane, result), fill: 'none', stroke: theme.ink2, 'stroke-width': 1.5 * theme.line },
      [],
      'curve',
    ),
    group(
      'rates',
      rates.map(({ far, tar }) =>
        mark('circle', {
          cx: x(Math.log10(far)),
          cy: y(tar),
          r: 3 * Math.sqrt(theme.line),
          fill: theme.paper,
          stroke: theme.ink2,
          'stroke-width': 1.25 * theme.line,
        }),
      ),
    ),
    dot(
      theme,
      x(logRate(chosen.falseAccepts / roc.different)),
      y(chosen.trueAccepts / roc.same),
      theme.accentLine,
      4,
    ),
    label(
      theme,
      wide ? 'true accepts, %, over false accepts' : 'true accepts, %',
      plot.right,
      plot.top - 0.4 * smallType(theme),
      {
        anchor: 'end',
        key: 'name',
      },
    ),
  ]
}

/** The share of true accepts at a rate, or why it can not be said. */
export function rateText({ tar, enough }: TarAtFar): string {
  return enough ? percent(tar) : 'too few pairs'
}

/** A rate by its decimal logarithm. */
export function power(log: number): string {
  return log === 0 ? '1' : `$10^{${log}}$`
}

function logRate(rate: number): number {
  return Math.log10(Math.max(LEAST_RATE, rate))
}

/** The points of the curve that are told apart on it: the last of each hundredth of a decade. */
function curve({ x, y }: RocPlane, { roc }: Verification): string {
  const path = new PathText()
  const { falseAccepts, trueAccepts, different, same } = roc
  let drawn = NaN
  for (let k = 0; k < falseAccepts.length; k++) {
    const at = Math.round(100 * logRate(falseAccepts[k]! / different))
    const next =
      k + 1 < falseAccepts.length ? Math.round(100 * logRate(falseAccepts[k + 1]! / different)) : NaN
    if (at === next) continue
    if (Number.isNaN(drawn)) path.moveTo(x(at / 100), y(trueAccepts[k]! / same))
    else path.lineTo(x(at / 100), y(trueAccepts[k]! / same))
    drawn = at
  }
  return path.toString()
}

/** Points of the curve to read, evenly along its axis: indices into the curve's arrays. */
export function rocPlaces({ roc }: Verification): number[] {
  const places = new Map<number, number>()
  for (let k = 0; k < roc.falseAccepts.length; k++) {
    const rate = roc.falseAccepts[k]! / roc.different
    if (rate < LEAST_RATE) continue
    places.set(Math.round((-PLACES * Math.log10(rate)) / Math.log10(LEAST_RATE)), k)
  }
  return [...places.values()]
}

/** The values of the curve at its threshold `k`. */
export function rocReadout({ x, y, theme }: RocPlane, { roc }: Verification, k: number): Readout {
  const far = roc.falseAccepts[k]! / roc.different
  const tar = roc.trueAccepts[k]! / roc.same
  const place = { x: x(logRate(far)), y: y(tar) }
  return {
    ...place,
    lines: [
      `threshold ${fixed(roc.threshold[k]!, 3)}`,
      `false accepts ${percent(far, 2)} (${whole(roc.falseAccepts[k]!)})`,
      `true accepts ${percent(tar, 2)} (${whole(roc.trueAccepts[k]!)})`,
    ],
    marks: [dot(theme, place.x, place.y, theme.ink2)],
  }
}
