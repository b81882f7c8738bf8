import type { ActiveHead } from '../../losses/head'
import type { TermSetting } from '../../losses/forms/base'
import type { ConvLayer, PoolLayer } from '../layout'

/**
 * The kernels that train. Each is registered for the backends cpu, wasm and webgpu under the same name, takes
 * and gives TensorFlow.js tensors, and means the same to the last rounding. All parameters lie in one vector
 * `parameters`, all their gradients in `gradients`, which backward kernels write in place.
 */
export const KERNELS = {
  gather: 'LabGather',
  convForward: 'LabConvForward',
  convBackward: 'LabConvBackward',
  poolForward: 'LabPoolForward',
  poolBackward: 'LabPoolBackward',
  headState: 'LabHeadState',
  headForward: 'LabHeadForward',
  headBackward: 'LabHeadBackward',
  term: 'LabTerm',
  optimize: 'LabOptimize',
} as const

/**
 * What a batch consists of: a tensor of int32 with four numbers a row, the index of an image, the shift of its
 * content to the right and down in pixels, and its label.
 */
export const PLAN_WIDTH = 4

/**
 * images [count · pixels / 4] int32 (four bytes in each, first byte lowest), plan → [rows · pixels].
 * Takes rows `first` to `first + rows` of the plan. Bytes become numbers from 0 to 1; what is shifted in is 0.
 */
export interface GatherAttributes {
  readonly first: number
  readonly rows: number
  readonly height: number
  readonly width: number
}

/** input [batch · in], parameters → pre-activations [batch · out]. */
export interface ConvForwardAttributes {
  readonly layer: ConvLayer
  readonly batch: number
}

/**
 * input (as in forward), preActivations (what forward gave), outputGradient (with respect to the *activated*
 * output), parameters, gradients → gradient with respect to the activated input, or an empty tensor when
 * `inputGradient` is false. Writes the gradients of weights, bias and slopes.
 */
export interface ConvBackwardAttributes extends ConvForwardAttributes {
  readonly inputGradient: boolean
}

/** input, parameters → pooled [batch · out]; backward: input, outputGradient, parameters → input gradient. */
export interface PoolAttributes {
  readonly layer: PoolLayer
  readonly batch: number
}

/**
 * features [batch · d], parameters, plan → partials [batch · (2nK + n + 5)], row by row:
 * A_r and Q_r for each row r of W, G_j for each class j, then R, the sample's loss, 1 where the prediction is
 * right, ∂L/∂m_y of the margin of its class, and its label y, such that
 *
 *     ∂L/∂x_i = Σ_r A_ir W_r + R_i x_i        ∂L/∂W_r = Σ_i A_ir x_i + (Σ_i Q_ir) W_r        ∂L/∂b_j = Σ_i G_ij
 *
 * with L the loss of the batch. The prediction is the largest logit without margin. Class j has the rows Kj to
 * Kj + K − 1 of W. The one at the smallest angle to the sample stands for the class, the first of equal ones; A
 * and Q of the others are 0.
 *
 * headState runs before, where the head carries numbers from step to step: features, parameters, plan → nothing (an
 * empty tensor). It brings the states up to date with the batch, in place.
 */
export interface HeadAttributes {
  readonly head: ActiveHead
  /** The row of the plan that the batch begins at. */
  readonly first: number
  readonly batch: number
  readonly classes: number
  readonly dimension: number
  /** Offsets in the parameter vector. */
  readonly weights: number
  readonly bias: number
  /** Learned class margins [n], n_min / n_j [n], states [MOST_STATES], and the bias that all logits share [1]. */
  readonly margins: number
  readonly rarity: number
  readonly states: number
  readonly sharedBias: number
  /** What the noise of this step is drawn from, a whole number in [0, 2³²). */
  readonly noise: number
}

/**
 * partials, features, parameters, gradients, statistics → gradient with respect to features [batch · d].
 * Writes the gradients of class weights, biases and class margins, and the batch's mean loss and fraction right to
 * statistics[2 · slot] and [2 · slot + 1].
 */
export interface HeadBackwardAttributes extends HeadAttributes {
  /** The gradient with respect to features is 0. */
  readonly detach: boolean
  readonly slot: number
}

/**
 * features, parameters, gradients, plan, statistics, featureGradient → nothing (an empty tensor). Adds, in place, λ
 * times the gradient of a term to those with respect to features [batch · d] and class weights, and λ times its value
 * to statistics[2 · slot]. What the term learns gets λ times its gradient in `gradients`, and what it moves itself is
 * moved.
 */
export interface TermAttributes {
  readonly term: TermSetting
  /** The row of the plan that the batch begins at. */
  readonly first: number
  readonly batch: number
  readonly classes: number
  readonly dimension: number
  /** K */
  readonly subCenters: number
  /** Class weights get no gradient. */
  readonly fixedWeights: boolean
  /** Offsets in the parameter vector: of what the term carries, class weights [n · K · d], and n_min / n_j [n]. */
  readonly state: number
  readonly weights: number
  readonly rarity: number
  readonly slot: number
}

/**
 * parameters, gradients, moments [2 · size] → nothing (an empty tensor). Updates parameters and moments in
 * place, after scaling the gradient to the norm `clip` where it is longer (Pascanu et al. 2013, algorithm 1).
 * Adam (Kingma and Ba 2015) with decoupled weight decay (Loshchilov and Hutter 2019), or SGD with momentum and
 * L2 decay as in PyTorch; decay acts on parameters before `decayed`.
 */
export interface OptimizeAttributes {
  readonly kind: 'adam' | 'sgd'
  readonly size: number
  readonly rate: number
  /** Momentum of SGD, or β₁ of Adam. */
  readonly momentum: number
  readonly weightDecay: number
  readonly decayed: number
  /** The largest norm of the gradient of all parameters together; Infinity leaves it as it is. */
  readonly clip: number
  /** Which step this is, from 1; Adam corrects its moments by it. */
  readonly step: number
}

export const ADAM_BETA2 = 0.999
export const ADAM_EPSILON = 1e-8
/** Keeps the factor that clips finite, as in PyTorch. */
export const CLIP_EPSILON = 1e-6
