import type { ParameterSpec } from './parameter'
import type { Source } from './source'

/** A term with the values that it acts with at one step. */
export interface TermSetting {
  readonly kind: string
  /** λ, what the term is multiplied by in the loss. */
  readonly weight: number
  /** It sees x/‖x‖ instead of x. */
  readonly normalized: boolean
  /** Which triplets count, for the terms that choose them. */
  readonly mining?: string | undefined
  readonly parameters: Readonly<Record<string, number>>
}

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

interface TermBase {
  readonly id: string
  readonly name: string
  /** What it does, in one sentence. */
  readonly summary: string
  /** What to look for on the stage. */
  readonly watch: string
  readonly source: Source
  /** Its value in TeX, without λ; a parameter stands as \p{id}, a feature as \x. */
  readonly equation: string
  /** What the symbols of the equation mean, as "d=…". */
  readonly lines: readonly string[]
  readonly parameters: readonly ParameterSpec[]
  /** A λ with which softmax and this term train well in 2-D. */
  readonly weight: number
  /** It is a function of cosines alone, so that its features are always normalized. */
  readonly cosine?: true
  /** Where its value is a weighted sum: what the parts are called, and which parameter is the weight of each. */
  readonly parts?: Readonly<Record<string, string>>
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
  /** A factor of its own gradient is held constant, so that it is not the derivative of the value. */
  readonly detached?: true
  /**
   * Adds c_ij to `coefficients` [B · B], which are 0 before.
   * @returns the value
   */
  readonly evaluate: (
    batch: PairBatch,
    setting: Pick<TermSetting, 'parameters' | 'mining'>,
    coefficients: Float64Array,
    act?: Act,
  ) => number
  /**
   * The same in WGSL: `fn term(thread: u32) -> f32`, run by one workgroup of THREADS threads. It has
   * `labelOf(i)`, `squared[i * B + j]`, `coefficients` likewise, B and the parameters as `settings.batch` and
   * `settings.ID`, and `add`, `highest` and `first`, which combine a vec4f of every thread; the first is the
   * one with the largest x and of those the smallest y, as `before(a, b)` says of two.
   */
  readonly shader: (mining: string | undefined) => string
}

/** A function of the distances to one centre a class, which follow the features by a rule of their own. */
export interface CenterTerm extends TermBase {
  readonly form: 'centers'
}

/** A function of class weights and of how many images each class has; it never sees a feature. */
export interface WeightTerm extends TermBase {
  readonly form: 'weights'
}

export type Term = PairTerm | CenterTerm | WeightTerm

/** Squared distances count as at least this where they are divided by. */
export const LEAST_SQUARE = 1e-12
