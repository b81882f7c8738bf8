import {
  bestProbability,
  classSpread,
  demandedHalfAngle,
  leastScale,
  marginBound,
  type ClassSpread,
} from '../geometry/margin-bound'
import { compiledMargin, curveSlots } from '../losses/compiled-margin'
import type { Head } from '../losses/head'
import { marginSymbols, strengthsOf, type StrengthSpec } from '../losses/margin-setting'

/** A margin parameter on its scale. */
export interface MarginGauge {
  readonly spec: StrengthSpec
  readonly value: number
  /** The largest value at which the class centre still wins; null when there is none in its range. */
  readonly bound: number | null
}

/** What the geometry lets a margin reach. */
export interface MarginOutlook {
  readonly spread: ClassSpread
  readonly gauges: readonly MarginGauge[]
  /** Radians around a class vector in which the loss is content, towards the closest other one. */
  readonly halfAngle: number
  /** The probability of a sample at its class centre; null while ‖x‖ may grow, and with it the probability. */
  readonly probability: number | null
  /** What will happen. */
  readonly sentence: string
  readonly verdict: 'fits' | 'too large' | 'weak'
}

/** A best probability below this is worth a word about s. */
const WANTED = 0.95
/** How far beyond its slider a bound is looked for. */
const BEYOND = 2

/** ψ of a head's margin, fully grown and long after its start. */
function psiOf(head: Head, change: Readonly<Record<string, number>> = {}): (theta: number) => number {
  const { margin } = head
  const parameters = { ...margin.parameters, ...change }
  const symbols = marginSymbols({ ...margin, parameters }, 1, Number.MAX_SAFE_INTEGER, head.scale)
  const names = Object.keys(symbols)
  const compiled = compiledMargin(margin, names)
  const { psi } = compiled
  const slots = curveSlots(compiled, margin, symbols)
  return (theta) => {
    slots[0] = theta
    slots[1] = Math.cos(theta)
    return psi(slots)
  }
}

/**
 * What the geometry of n classes in d dimensions admits, for class vectors of equal length without bias.
 * @returns null for a margin without a strength that could be too large.
 */
export function marginOutlook(head: Head, classes: number, dimension: number): MarginOutlook | null {
  const strengths = strengthsOf(head.margin)
  if (strengths.length === 0) return null
  const spread = classSpread(classes, dimension)
  const gauges = strengths.map((spec): MarginGauge => {
    const value = head.margin.parameters[spec.id] ?? spec.default
    const { neutral } = spec
    const most = neutral + BEYOND * (spec.max - neutral)
    const centre = (margin: number): number => psiOf(head, { [spec.id]: margin })(0)
    return { spec, value, bound: marginBound(centre, spread.angle, neutral, most) }
  })
  const psi = psiOf(head)
  const halfAngle = demandedHalfAngle(psi, spread.angle)
  const probability = head.normalizeFeatures ? bestProbability(psi(0), head.scale, classes, dimension) : null
  return { spread, gauges, halfAngle, probability, ...judge() }

  function judge(): Pick<MarginOutlook, 'sentence' | 'verdict'> {
    if (!(psi(0) >= Math.cos(spread.angle))) {
      const sentence =
        'Too large: not even the class centre wins. Classes must merge, or the loss stays high for all.'
      return { verdict: 'too large', sentence }
    }
    const fits =
      `${spread.upperBound ? 'May fit' : 'Fits'}: each class keeps ±${degrees(halfAngle)}° ` +
      `of its ±${degrees(spread.angle / 2)}°`
    if (probability === null) return { verdict: 'fits', sentence: `${fits}; longer features make it surer.` }
    if (probability >= WANTED) return { verdict: 'fits', sentence: `${fits}.` }
    const least = leastScale(WANTED, psi(0), classes, dimension)
    const remedy = Number.isFinite(least)
      ? `95 % needs s ≥ ${Math.ceil(2 * least) / 2}`
      : 'a larger s does not reach 95 % either'
    return {
      verdict: 'weak',
      sentence: `${fits}, but s caps the probability at ${probabilityInPercent(probability)} %: ${remedy}.`,
    }
  }
}

const degrees = (angle: number): string => {
  const value = (angle * 180) / Math.PI
  return value.toFixed(value < 10 ? 1 : 0)
}

/** A probability in percent, never rounded up to 100. */
export function probabilityInPercent(probability: number): string {
  const value = 100 * probability
  return value < 99 ? value.toFixed(0) : (Math.floor(value * 10) / 10).toFixed(1)
}
