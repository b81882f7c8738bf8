import { compile, differentiate } from '../geometry/expression'
import { compiledMargin, curveSlots } from './compiled-margin'
import type { Head } from './head'
import type { MarginSetting } from './margin-function'
import { marginSymbols, psiOf } from './margin-setting'

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
  /** Where it or its slope is not finite in single precision, in which training computes, so that it breaks. */
  readonly notFinite: readonly Interval[]
  /** Where it is finite, and so large or steep that the square of a gradient is not. */
  readonly overflows: readonly Interval[]
}

const DEGREES = 180
/** What is less than this is rounding. */
const TOLERANCE = 1e-9
/**
 * The root of the largest float is 1.8e19. A gradient is the slope of the scaled logit times features, activations and
 * weights, which may have some hundreds and more.
 */
const MOST = 1e16

/** Looks at ψ of a head as it is once its margin has grown. */
export function checkMargin({ margin, scale }: Pick<Head, 'margin' | 'scale'>): MarginCheck {
  return checkCurve(margin, marginSymbols(margin, 1, Number.MAX_SAFE_INTEGER, scale), scale)
}

/** Looks at ψ. @param symbols the values of its symbols, of `marginSymbols` */
export function checkCurve(
  margin: MarginSetting,
  symbols: Readonly<Record<string, number>>,
  scale: number,
): MarginCheck {
  const names = Object.keys(symbols)
  const compiled = compiledMargin(margin, names)
  const slots = curveSlots(compiled, margin, symbols)
  const psi = new Float64Array(DEGREES + 1)
  const slope = new Float64Array(DEGREES + 1)
  /** The larger of ψ and its slope in single precision, times s. */
  const size = new Float64Array(DEGREES + 1)
  const single = singleMargin(margin, compiled.slotNames)
  for (let degree = 0; degree <= DEGREES; degree++) {
    const theta = (degree * Math.PI) / DEGREES
    slots[0] = theta
    slots[1] = Math.cos(theta)
    psi[degree] = compiled.psi(slots)
    slope[degree] = compiled.dTheta(slots) - Math.sin(theta) * compiled.dCosTheta(slots)
    size[degree] = scale * single(slots)
  }
  const finite = (i: number): boolean => Number.isFinite(psi[i])
  return {
    psi,
    slope,
    notDecreasing: intervals((i) => finite(i) && finite(i + 1) && psi[i + 1]! >= psi[i]! - TOLERANCE, 1),
    aboveCosine: intervals((i) => finite(i) && psi[i]! > Math.cos((i * Math.PI) / DEGREES) + TOLERANCE, 0),
    notFinite: intervals((i) => !Number.isFinite(size[i]), 0),
    overflows: intervals((i) => Number.isFinite(size[i]) && size[i]! >= MOST, 0),
  }
}

/** The larger of |ψ| and |dψ/dθ| as training computes them; not finite where one of them is not. */
function singleMargin(
  margin: MarginSetting,
  names: readonly string[],
): (slots: Readonly<Float64Array>) => number {
  const e = psiOf(margin)
  const [psi, dTheta, dCosTheta] = [e, differentiate(e, 'theta'), differentiate(e, 'cosTheta')].map((part) =>
    compile(part, names, Math.fround),
  )
  return (slots) => {
    const { sin, abs, max, fround } = Math
    const slope = fround(dTheta!(slots) - sin(slots[0]!) * dCosTheta!(slots))
    return max(abs(psi!(slots)), abs(slope))
  }
}

/** Intervals of whole degrees in a sentence. */
export function degrees(all: readonly Interval[]): string {
  return all.map(({ from, to }) => (from === to ? `${from}°` : `${from}–${to}°`)).join(', ')
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
