import type { TermBase, TermSetting, TermValues } from './base'

/** Told which samples of a batch act on each other: two of a pair, or anchor, positive and negative. */
export type Act = (samples: readonly number[], loss: number) => void

/** A batch as pair terms see it. */
export interface PairBatch {
  /** B, the number of samples. */
  readonly size: number
  /** The class of each. */
  readonly labels: ArrayLike<number>
  /** ‖x_i − x_j‖², B × B; of unit features it is 2 − 2 cos θ_ij. */
  readonly squared: Float64Array
}

/** What shows which samples of a batch act on each other. */
export interface ActingSpec {
  readonly name: 'pairs' | 'triplets' | 'ranges'
  /** How many could act, where pairs are not counted. */
  readonly possible?: (labels: ArrayLike<number>, mining: string | undefined) => number
  /** A pair with less than this part of the largest loss counts as one that does not act. */
  readonly negligible?: number
  /**
   * Squared distances from an anchor within or beyond which others begin to act. `farthest` is the squared distance
   * to the farthest sample of its class.
   */
  readonly borders?: (
    setting: Pick<TermSetting, 'parameters' | 'mining'>,
    farthest: number,
  ) => readonly number[]
}

/**
 * A function of the distances within a batch. Its gradient with respect to them is all that it must say: with
 * c_ij = ∂L/∂‖x_i − x_j‖² the gradient of x_i is Σ_j 2(c_ij + c_ji)(x_i − x_j).
 */
export interface PairTerm extends TermBase {
  readonly form: 'pairs'
  readonly acting: ActingSpec
  /** Ways to choose what counts. */
  readonly minings?: readonly { readonly id: string; readonly label: string }[]
  /**
   * Adds c_ij to `coefficients` [B · B], which are 0 before.
   * @returns the value
   */
  readonly evaluate: (batch: PairBatch, values: TermValues, coefficients: Float64Array, act?: Act) => number
  /**
   * The same in WGSL: `fn term(thread: u32) -> f32`, which all THREADS threads of one workgroup run. Beside what every
   * shader of a term has it has `squared[i * B + j]` and `coefficients` likewise, which are 0 before.
   */
  readonly shader: (mining: string | undefined) => string
}

/** The value of a pair term in a batch, and its derivatives with respect to the squared distances [B · B]. */
export interface PairResult {
  readonly value: number
  readonly coefficients: Float64Array
}

/**
 * Evaluates a pair term.
 * @param features row by row, as the term sees them
 * @param act is told which samples act on each other now
 */
export function evaluatePairs(
  term: PairTerm,
  values: TermValues,
  features: Float64Array,
  labels: ArrayLike<number>,
  act?: Act,
): PairResult {
  const size = labels.length
  const squared = new Float64Array(size * size)
  fillSquaredDistances(squared, features, size)
  const coefficients = new Float64Array(size * size)
  return { value: term.evaluate({ size, labels, squared }, values, coefficients, act), coefficients }
}

/** Writes ‖x_i − x_j‖² of the `size` rows of `values` into `squared`, whose diagonal stays 0. */
export function fillSquaredDistances(squared: Float64Array, values: Float64Array, size: number): void {
  const dimension = values.length / size
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) {
      let sum = 0
      for (let k = 0; k < dimension; k++)
        sum += (values[i * dimension + k]! - values[j * dimension + k]!) ** 2
      squared[i * size + j] = squared[j * size + i] = sum
    }
  }
}

/** The gradient with respect to the features: Σ_j 2(c_ij + c_ji)(x_i − x_j). */
export function pairGradient(features: Float64Array, coefficients: Float64Array): Float64Array {
  const size = Math.sqrt(coefficients.length)
  const dimension = features.length / size
  const gradient = new Float64Array(features.length)
  for (let i = 0; i < size; i++) {
    const at = i * dimension
    for (let j = 0; j < size; j++) {
      const c = 2 * (coefficients[i * size + j]! + coefficients[j * size + i]!)
      if (c === 0) continue
      for (let k = 0; k < dimension; k++) {
        gradient[at + k]! += c * (features[at + k]! - features[j * dimension + k]!)
      }
    }
  }
  return gradient
}
