import { compiledMargin, curveSlots } from './compiled-margin'
import type { Head } from './head'
import { marginSymbols } from './margin-setting'

/** Whole degrees from `from` to `to`, both included. */
export interface Interval {
  readonly from: number
  readonly to: number
}

/** ψ over θ at 0°, 1° … 180°, and where it does what a margin should not. */
export interface MarginCheck {
  readonly psi: Float64Array
  /** dψ/dθ, per radian. */
  readonly slope: Float64Array
  /** Where a larger angle does not cost more, so that the loss pulls nothing towards its class. */
  readonly notDecreasing: readonly Interval[]
  /** Where it asks for less than the plain softmax. */
  readonly aboveCosine: readonly Interval[]
  /** Where it or its slope is no number, so that training breaks. */
  readonly notFinite: readonly Interval[]
}

const DEGREES = 180
/** What is less than this is rounding. */
const TOLERANCE = 1e-9

/** Looks at ψ of a head as it is once its margin has grown. */
export function checkMargin({ margin, scale }: Pick<Head, 'margin' | 'scale'>): MarginCheck {
  const symbols = marginSymbols(margin, 1, Number.MAX_SAFE_INTEGER, scale)
  const names = Object.keys(symbols)
  const compiled = compiledMargin(margin, names)
  const slots = curveSlots(compiled, margin, symbols)
  const psi = new Float64Array(DEGREES + 1)
  const slope = new Float64Array(DEGREES + 1)
  for (let degree = 0; degree <= DEGREES; degree++) {
    const theta = (degree * Math.PI) / DEGREES
    slots[0] = theta
    slots[1] = Math.cos(theta)
    psi[degree] = compiled.psi(slots)
    slope[degree] = compiled.dTheta(slots) - Math.sin(theta) * compiled.dCosTheta(slots)
  }
  return {
    psi,
    slope,
    notDecreasing: intervals((i) => i < DEGREES && psi[i + 1]! >= psi[i]! - TOLERANCE, 1),
    aboveCosine: intervals((i) => psi[i]! > Math.cos((i * Math.PI) / DEGREES) + TOLERANCE, 0),
    notFinite: intervals((i) => !Number.isFinite(psi[i]) || !Number.isFinite(slope[i]), 0),
  }
}

/** @param reach how many degrees beyond `i` what holds at `i` reaches */
function intervals(holds: (degree: number) => boolean, reach: number): Interval[] {
  const found: Interval[] = []
  for (let i = 0; i <= DEGREES; i++) {
    if (!holds(i)) continue
    const last = found.at(-1)
    if (last && last.to >= i - 1 + reach) found[found.length - 1] = { from: last.from, to: i + reach }
    else found.push({ from: i, to: i + reach })
  }
  return found
}
