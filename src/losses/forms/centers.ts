import type { Floats } from '../../geometry/floats'
import type { Drawn } from '../drawings/term-drawing'
import type { TermBase, TermValues } from './base'

/** A batch as terms of centres see it. */
interface CenterBatch {
  /** B, the number of samples. */
  readonly size: number
  /** The class of each. */
  readonly labels: ArrayLike<number>
  readonly dimension: number
  /** [B · d], as the term sees them. */
  readonly features: Float64Array
  /** [n · d] */
  readonly centers: Floats
}

/**
 * A function of features and of a centre for each class, which the term carries: they begin at 0, and follow the
 * features by a rule of their own.
 */
export interface CenterTerm extends TermBase, Drawn {
  readonly form: 'centers'
  /**
   * Adds its gradient with respect to the features to `gradient` [B · d], which is 0 before.
   * @returns the value
   */
  readonly evaluate: (batch: CenterBatch, values: TermValues, gradient: Float64Array) => number
  /** Moves `batch.centers`, in place, once the batch was evaluated. */
  readonly move: (batch: CenterBatch, values: TermValues) => void
  /**
   * Both in WGSL: `fn term(thread: u32) -> f32`, which all THREADS threads of one workgroup run. Beside what every
   * shader of a term has it has `seen[i * d + k]`, the features as the term sees them, `parameters`, in which the
   * centres are at `settings.state + j * d + k`, and `wanted[i * d + k]`, all of which it must write.
   */
  readonly shader: string
}
