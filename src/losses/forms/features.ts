import type { Floats } from '../../geometry/floats'
import type { Drawn } from '../drawings/term-drawing'
import type { TermBase, TermValues } from './base'

/** A number that a term learns together with the network. */
interface LearnedNumber {
  readonly id: string
  readonly start: number
}

/** The most numbers that a term may learn: a shader sums them and the value in one vector of four. */
export const MOST_LEARNED = 3

/** One sample as a term of single features sees it. */
interface FeatureSample {
  /** [d] */
  readonly feature: Float64Array
  readonly label: number
  /** The numbers that the term learns. */
  readonly learned: Floats
}

/** The mean over a batch of a function of each feature alone, of its class, and of numbers that the term learns. */
export interface FeatureTerm extends TermBase, Drawn {
  readonly form: 'features'
  readonly learned?: readonly LearnedNumber[]
  /**
   * Adds its gradient with respect to the feature to `gradient` [d], which is 0 before, and that with respect to the
   * learned numbers to `slopes`.
   * @returns the value for this sample
   */
  readonly evaluate: (
    sample: FeatureSample,
    values: TermValues,
    gradient: Float64Array,
    slopes: Float64Array,
  ) => number
  /**
   * The same in WGSL: `fn term(i: u32) -> f32` for sample i of the batch, which one thread runs. Beside what every
   * shader of a term has it has `seen[i * d + k]`, the feature as the term sees it, `learned(k)`, and
   * `wanted[i * d + k]`, all of which it must write; it adds to `slopes[k]`.
   */
  readonly shader: string
}

/** A term of single features in a batch, with the gradients of its value. */
export function evaluateFeatures(
  term: FeatureTerm,
  values: TermValues,
  features: Float64Array,
  labels: ArrayLike<number>,
  learned: Floats,
): { readonly value: number; readonly gradient: Float64Array; readonly slopes: Float64Array } {
  const size = labels.length
  const dimension = features.length / size
  const gradient = new Float64Array(features.length)
  const slopes = new Float64Array(learned.length)
  let value = 0
  for (let i = 0; i < size; i++) {
    const row = (of: Float64Array): Float64Array => of.subarray(i * dimension, (i + 1) * dimension)
    const sample = { feature: row(features), label: labels[i]!, learned }
    value += term.evaluate(sample, values, row(gradient), slopes)
  }
  return {
    value: value / size,
    gradient: gradient.map((slope) => slope / size),
    slopes: slopes.map((slope) => slope / size),
  }
}
