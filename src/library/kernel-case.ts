import type { TermSetting } from '../losses/forms/base'
import type { HeadAttributes } from '../engine/kernels/names'

/** Where the parts of the parameter vector of a case begin. */
export interface Offsets {
  readonly weights: number
  readonly bias: number
  readonly margins: number
  readonly rarity: number
  readonly states: number
  readonly sharedBias: number
}

/** A loss as the kernels that train take it. */
export interface KernelCase {
  readonly batch: number
  readonly classes: number
  readonly dimension: number
  /** K */
  readonly subCenters: number
  /** [B · d] */
  readonly features: Float64Array
  readonly parameters: Float64Array
  readonly offsets: Offsets
  /** As kernels take it: PLAN_WIDTH numbers for each sample. */
  readonly plan: Int32Array
  /** null where there is no classifier. */
  readonly head: HeadAttributes | null
  /** What is added to its loss. */
  readonly terms: readonly TermSetting[]
  /** Where what each of these carries begins in the parameter vector. */
  readonly termStates: readonly number[]
}

/** What kernels make of it. */
export interface KernelOutputs {
  readonly loss: number
  /** [B · d] */
  readonly dx: ArrayLike<number>
  /** As the parameters. */
  readonly gradients: ArrayLike<number>
  /** The parameters after the batch, with states and centres brought up to date. */
  readonly parameters: ArrayLike<number>
}
