import type { Drawn } from '../drawings/term-drawing'
import type { Act } from './act'
import type { TermBase, TermValues } from './base'

/** A batch as pair terms see it. */
export interface PairBatch {
  /** B, the number of samples. */
  readonly size: number
  /** The class of each. */
  readonly labels: ArrayLike<number>
  /** ‖x_i − x_j‖², B × B; of unit features it is 2 − 2 cos θ_ij. */
  readonly squared: Float64Array
}

/** A way to choose what counts. */
export interface Mining {
  readonly id: string
  /** As it stands among the others, and before what it chooses: "hardest triplets". */
  readonly label: string
  /** Why one that has a loss is left out. */
  readonly leavesOut?: string
}

/** Ways to choose what counts; the first one, which is so by default, leaves nothing out. */
interface Minings {
  /** What is chosen. */
  readonly label: string
  /** What the choice does, in a sentence. */
  readonly help: string
  readonly choices: readonly Mining[]
}

/**
 * What a term of triplets says of them: a triplet has the loss [d_ap² − d_an² + α]₊, of anchor a, positive p and
 * negative n.
 */
export interface TripletSpec {
  /** α */
  readonly margin: (values: TermValues) => number
  /** Among how many of a batch with these labels the mining chooses. */
  readonly possible: (labels: ArrayLike<number>, mining: string | undefined) => number
}

/**
 * A function of the distances within a batch. Its gradient with respect to them is all that it must say: with
 * c_ij = ∂L/∂‖x_i − x_j‖² the gradient of x_i is Σ_j 2(c_ij + c_ji)(x_i − x_j).
 */
export interface PairTerm extends TermBase, Drawn {
  readonly form: 'pairs'
  /** It is a term of triplets: the panel of these shows them. */
  readonly triplets?: TripletSpec
  readonly minings?: Minings
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
interface PairResult {
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
