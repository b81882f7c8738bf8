import type { Expression } from '../geometry/expression'
import type { EquationParts } from './equation-parts'
import type { ParameterSpec } from './parameter'
import type { Source } from './source'

/** A number that a head carries from step to step. */
export interface StateSpec {
  /** Its symbol in the expressions of the margin function or the loss that has it. */
  readonly id: string
  /** Its symbol in TeX, and what it is called. */
  readonly symbol: string
  readonly label: string
  readonly start: (classes: number) => number
  /** The next value, over the parameters, the states as they were, and BATCH_SYMBOLS. */
  readonly next: Expression
}

/** The margin of each sample, where there is not one for all of them. */
export interface IndividualMargin {
  /**
   * Over the symbols of ψ; or 'lead': by how much the cosine to the own class must lead that to the nearest other,
   * (cos θ_y − ψ(θ_y)) + (other(cos θ_j) − cos θ_j).
   */
  readonly value: Expression | 'lead'
  /** All samples of a class have the same one. */
  readonly byClass?: true
  readonly unit: '' | 'rad'
  /** What it is, in TeX. */
  readonly symbol: string
  /** What it depends on, in one sentence. */
  readonly help: string
}

/** The most numbers that a head may carry. */
export const MOST_STATES = 4

/**
 * Symbols of a margin function that are its sample's own: ‖x‖ with gradient and without, a normal deviate drawn
 * for this sample and step, n_min / n_y of the training set, the learned margin of class y, and, for `other`,
 * the target's angle and cosine.
 */
export const SAMPLE_SYMBOLS = [
  'norm',
  'fixedNorm',
  'noise',
  'rarity',
  'classMargin',
  'targetTheta',
  'targetCosTheta',
] as const

/**
 * What a batch tells the states: mean and deviation (n − 1) of ‖x‖ clipped to [0.001, 100], the mean target
 * cosine, the (lower) median target angle, the mean over samples of Σ_{j≠y} exp(s cos θ_j)
 * with the scale of the states as they were, and the number of classes.
 */
export const BATCH_SYMBOLS = [
  'meanNorm',
  'deviationNorm',
  'meanCosine',
  'medianAngle',
  'meanOthers',
  'classes',
] as const

/** A margin function with the values of its parameters. */
export interface MarginSetting {
  kind: string
  /** ψ as the user wrote it, for a margin function that takes one; without it, that function's own. */
  text?: string | undefined
  parameters: Record<string, number>
}

/** What else the symbols of ψ may depend on. */
interface MarginContext {
  /** As it is set. */
  readonly setting: MarginSetting
  /** s, as it acts now. */
  readonly scale: number
  /** How far a ramped margin has come, from 0 (none) to 1 (as set). */
  readonly strength: number
}

/**
 * A margin function ψ, the transformation of the target logit: with features x, class weights W and target y,
 * the target logit is ‖W_y‖‖x‖ψ(θ_y) (with 1 and s in place of the norms where they are normalized), while
 * every other logit stays ‖W_j‖‖x‖cos θ_j.
 */
export interface MarginFunction {
  readonly id: string
  readonly name: string
  readonly parameters: readonly ParameterSpec[]
  /**
   * ψ over the symbols `theta` (radians, in [0, π]), `cosTheta`, the parameters, and what `derive` adds.
   * `cosTheta` is the same quantity as cos(theta) without the loss of precision near 0 and π.
   */
  readonly psi: Expression
  /** Symbols of ψ that follow from the parameters, the training step, and the rest of the head. */
  readonly derive?: (
    parameters: Readonly<Record<string, number>>,
    step: number,
    context: MarginContext,
  ) => Record<string, number>
  /**
   * A loss that is evaluated on its own has no training step: a symbol of `derive` that it takes as a parameter, in
   * place of those that the symbol follows from.
   */
  readonly stepless?: { readonly parameter: ParameterSpec; readonly replaces: readonly string[] }
  /** For a margin function that the user writes: what is written becomes ψ, and its equation. */
  readonly text?: {
    readonly default: string
    /** @throws {ExpressionTextError} with the place of what is wrong. */
    readonly psi: (text: string) => Expression
    /** In TeX; a parameter stands as \p{id}. */
    readonly equation: (text: string) => string
  }
  /** For a margin function that the user bends: which parameters are ψ at which angle, in whole degrees, ascending. */
  readonly points?: readonly { readonly degree: number; readonly id: string }[]
  /** What counts for the other classes instead of cos θ_j, which is `cosTheta` here. */
  readonly other?: Expression
  /** The transformations count as constant offsets: values of ψ and `other`, slope of the plain cosine. */
  readonly detached?: boolean
  /** The scale that features have while they are normalized, where it is not the head's setting. */
  readonly scale?: Expression
  /** The head's loss that it was made for, and comes with; the softmax cross-entropy where it says nothing. */
  readonly loss?: string
  /** It leaves the cosine as it is: a head with it has no margin. One margin function says so. */
  readonly plain?: true
  /** It bends the cosine even where its strengths are neutral, so that this is not a head without margin. */
  readonly bends?: true
  /** Added to the loss of each sample; over the parameters and `norm`. */
  readonly penalty?: Expression
  /** Its mean over the classes is added to the loss; over the parameters and `classMargin`. */
  readonly classPenalty?: Expression
  /** What is carried from step to step, brought up to date with a batch before it is used. */
  readonly state?: readonly StateSpec[]
  /** The margin of each sample, where samples or classes differ in it. */
  readonly individual?: IndividualMargin
  /** Values of symbols that differ from sample to sample, for which the curve is drawn. */
  readonly typical?: (parameters: Readonly<Record<string, number>>) => Record<string, number>
  /** ψ in TeX; a parameter stands as \p{id}. */
  readonly equation: string
  /** What else of the loss is not that of the plain softmax, in TeX. */
  readonly parts?: EquationParts
  readonly source: Source
}
