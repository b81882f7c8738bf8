import { compiledMargin } from './compiled-margin'
import type { ActiveHead } from './head'
import { MARGINS } from './margin-registry'
import { noiseOf } from './noise'
import type { IndividualMargin } from './margin-function'

/** What a head knows beside its parameters. */
export interface Carried {
  /** Learned margins of the classes. */
  readonly classMargins: Float32Array
  /** n_min / n_j of the training set. */
  readonly rarity: Float32Array
  /** The numbers carried from step to step, in the order of `headStates`, then zeros. */
  readonly states: Float32Array
}

/** Samples, as their margins depend on them: labels, θ_y, θ to the nearest other class, ‖x‖. */
interface MarginSamples {
  readonly labels: ArrayLike<number>
  readonly targetAngle: ArrayLike<number>
  readonly otherAngle: ArrayLike<number>
  readonly norm: ArrayLike<number>
}

/** Where margins are random, they are those of this draw: the same points then have the same ones. */
const DRAW = 1

/** The margin function's individual margins, or null where all samples have the same. */
export function individualMarginOf({ margin }: Pick<ActiveHead, 'margin'>): IndividualMargin | null {
  return MARGINS.get(margin.kind).individual ?? null
}

/**
 * Writes the margin that acts on each sample.
 * @param out receives `count` margins, in the unit of `individualMarginOf(head)`
 * @throws {RangeError} when all samples have the same margin
 */
export function fillIndividualMargins(
  out: Float32Array,
  head: Pick<ActiveHead, 'margin' | 'symbols'>,
  carried: Carried,
  { labels, targetAngle, otherAngle, norm }: MarginSamples,
  count: number,
): void {
  if (!individualMarginOf(head)) throw new RangeError('all samples have the same margin')
  const names = Object.keys(head.symbols)
  const { slotNames, psi, other, individual } = compiledMargin(head.margin, names)
  const slot = (name: string): number => slotNames.indexOf(name)
  const slots = new Float64Array(slotNames.length)
  names.forEach((name) => {
    slots[slot(name)] = head.symbols[name]!
  })
  MARGINS.get(head.margin.kind).state?.forEach(({ id }, k) => {
    slots[slot(id)] = carried.states[k]!
  })
  const at = {
    norm: slot('norm'),
    fixedNorm: slot('fixedNorm'),
    noise: slot('noise'),
    rarity: slot('rarity'),
    margin: slot('classMargin'),
    theta: slot('targetTheta'),
    cosTheta: slot('targetCosTheta'),
  }
  for (let i = 0; i < count; i++) {
    const y = labels[i]!
    const theta = targetAngle[i]!
    const cosine = Math.cos(theta)
    slots[0] = slots[at.theta] = theta
    slots[1] = slots[at.cosTheta] = cosine
    slots[at.norm] = slots[at.fixedNorm] = norm[i]!
    slots[at.noise] = noiseOf(DRAW, i)
    slots[at.rarity] = carried.rarity[y] ?? 1
    slots[at.margin] = carried.classMargins[y] ?? 0
    if (individual) {
      out[i] = individual(slots)
      continue
    }
    let lead = cosine - psi(slots)
    if (other) {
      slots[1] = Math.cos(otherAngle[i]!)
      lead += other.value(slots) - slots[1]
    }
    out[i] = lead
  }
}

/** Mean and deviation of the normal distribution that margins are drawn from, or null where they are not random. */
export function marginDistribution(
  head: Pick<ActiveHead, 'margin' | 'symbols'>,
): { readonly mean: number; readonly deviation: number } | null {
  const names = Object.keys(head.symbols)
  const { slotNames, individual } = compiledMargin(head.margin, names)
  if (!individual) return null
  // A random margin is linear in the deviate.
  const marginAt = (noise: number): number =>
    individual(Float64Array.from(slotNames, (name) => (name === 'noise' ? noise : (head.symbols[name] ?? 0))))
  const mean = marginAt(0)
  const deviation = Math.abs(marginAt(1) - mean)
  return deviation > 0 ? { mean, deviation } : null
}
