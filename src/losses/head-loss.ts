import type { ParameterSpec } from './parameter'
import type { Source } from './source'
import type { StateSpec } from './margin-function'

/** A head's loss with the values of its parameters. */
export interface LossSetting {
  kind: string
  parameters: Record<string, number>
}

/**
 * Logits that a loss looks at together, n of them: those of one sample, one for each class, or those of one class,
 * one for each sample of the batch.
 */
export interface LogitGroup {
  /** z [n], with margin. */
  readonly logits: Float64Array
  /** z [n] as they are without margin. */
  readonly plain: Float64Array
  /** [n], 1 where the sample is of the class, else 0. */
  readonly targets: Uint8Array
  /** n_min / n_j of the training set [n], of each logit's class; for losses with `usesRarity`. */
  readonly rarity: ArrayLike<number>
  /** ‖x‖ [n] of each logit's sample. */
  readonly norms: ArrayLike<number>
}

/** Where a loss writes its derivatives; all are 0 before. */
export interface LogitSlopes {
  /** With respect to z [n]. */
  readonly logits: Float64Array
  /** With respect to ‖x‖, beside what comes through logits; for losses over classes. */
  norm: number
}

/**
 * Numbers that a loss may use, by name: its parameters and states, the `scale` s, the number of `classes`, that of
 * the samples of the `batch`, and how many classes are `present` in it (0 for losses over classes).
 */
export type LossValues = Readonly<Record<string, number>>

/** What the first value of a learned bias may depend on. */
interface StartingHead {
  readonly scale: number
  readonly classes: number
  readonly dimension: number
  /** What a cosine counts as while the margin asks for nothing. */
  readonly counts: (cosine: number) => number
}

/**
 * What a head makes of its logits z_ij = ‖W_j‖‖x_i‖ψ(θ_ij) + b_j, with ψ for the own class: a value, and its
 * derivative with respect to each logit. The gradients with respect to features, class weights and biases follow
 * from these and are the same for all. The class with the largest logit is the answer, whatever the loss.
 */
export interface HeadLoss {
  readonly id: string
  readonly name: string
  /** What it asks of the logits, in one sentence. */
  readonly help: string
  readonly source: Source
  readonly parameters: readonly ParameterSpec[]
  /**
   * Which logits it sees together. The loss is the mean over samples of a value for the logits of all *classes*, or
   * the sum over classes of a value for the logits of all *samples* of the batch.
   */
  readonly over: 'classes' | 'samples'
  /** @returns the value of one group. */
  readonly evaluate: (group: LogitGroup, values: LossValues, slopes: LogitSlopes) => number
  /**
   * The same in WGSL, as a fold of the group. The text declares
   *
   *     fn nothing() -> vec4f                              // what to begin with
   *     fn ofLogit(logit: Logit) -> vec4f                  // what one logit brings
   *     fn joined(a: vec4f, b: vec4f) -> vec4f             // of two parts of the group; in whatever order
   *     fn valueOf(total: vec4f, norm: f32) -> vec2f       // the value, and its derivative with respect to ‖x‖
   *     fn slopeOf(logit: Logit, total: vec4f) -> f32      // and with respect to a logit
   *
   * over `struct Logit { z: f32, plain: f32, isTarget: bool, rarity: f32, norm: f32 }`. What is not a number has to
   * stay so, which max and min do not promise.
   * @param value the text of one of LossValues
   */
  readonly shader: (value: (name: string) => string) => string
  /** One bias, learned with the rest, that all logits share: it is added to them, times `sign`. */
  readonly sharedBias?: {
    readonly sign: 1 | -1
    readonly start: (parameters: Readonly<Record<string, number>>, head: StartingHead) => number
  }
  /** Numbers that it carries from step to step, over its parameters, its states as they were, and BATCH_SYMBOLS. */
  readonly state?: readonly StateSpec[]
  /** It asks how rare each class is. */
  readonly usesRarity?: true
  /** Class vectors stay where they begin: neither terms nor weight decay move them. */
  readonly fixedWeights?: true
  /** L in TeX, over z_y and z_j; a parameter stands as \p{id}, the scale as \p{scale}. */
  readonly equation: string
}
