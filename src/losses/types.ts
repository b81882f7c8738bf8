import type { z } from 'zod'
import type { Expression } from '../geometry/expression'
import type { curriculumSchema } from './curriculum'
import type { Family } from './families'
import type { headSchema, MarginSetting } from './head'
import type { termsSchema } from './terms'

/** A number that the user may set: what it is called, what it means, and where it may lie. */
export interface ParameterSpec {
  /** Its key in the configuration. */
  readonly id: string
  /** Its symbol in TeX. */
  readonly symbol: string
  readonly label: string
  /** 'rad' for angles, '' for plain numbers. */
  readonly unit: '' | 'rad'
  readonly min: number
  readonly max: number
  readonly step: number
  readonly default: number
  /** The value at which it asks for nothing; a margin that is ramped up starts there. */
  readonly neutral?: number
  /** What happens to the geometry when it grows, in one sentence. */
  readonly help: string
  /** Rarely needed: shown folded away. */
  readonly advanced?: boolean
}

/** Where a loss comes from. */
export interface Source {
  readonly text: string
  readonly year: number
}

/** A number that a margin function carries from step to step. */
export interface StateSpec {
  /** Its symbol in the expressions of the margin function. */
  readonly id: string
  /** Its symbol in TeX, and what it is called. */
  readonly symbol: string
  readonly label: string
  readonly start: (classes: number) => number
  /** The next value, over the parameters, the states as they were, and BATCH_SYMBOLS. */
  readonly next: Expression
}

/** The margin of each sample, where there is not one for all of them. */
export interface OwnMargin {
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

/** The most numbers that a margin function may carry. */
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
  /** Added to the loss of each sample; over the parameters and `norm`. */
  readonly penalty?: Expression
  /** Its mean over the classes is added to the loss; over the parameters and `classMargin`. */
  readonly classPenalty?: Expression
  /**
   * One-vs-all losses in place of the softmax: the sum over the classes of log(1 + exp(∓z_j)), each times one of
   * these weights and 1/s, with a learned bias that all logits share and that begins at `start`.
   */
  readonly binary?: {
    readonly own: Expression
    readonly others: Expression
    readonly start: (
      parameters: Readonly<Record<string, number>>,
      scale: number,
      classes: number,
      dimension: number,
    ) => number
  }
  /** What is carried from step to step, brought up to date with a batch before it is used. */
  readonly state?: readonly StateSpec[]
  /** The margin of each sample, where samples or classes differ in it. */
  readonly own?: OwnMargin
  /** Values of symbols that differ from sample to sample, for which the curve is drawn. */
  readonly typical?: (parameters: Readonly<Record<string, number>>) => Record<string, number>
  /** ψ in TeX; a parameter stands as \p{id}. */
  readonly equation: string
  /** What else of the loss is not that of the plain softmax, in TeX. */
  readonly parts?: EquationParts
  readonly source: Source
}

/**
 * The parts of an equation besides ψ, in TeX. A parameter stands as \p{id}; \p{strength} before a factor is how far
 * it has grown, and nothing once it has.
 */
export interface EquationParts {
  /** What stands for cos θ_j; \theta is θ_j, and \theta_y the target's. */
  readonly other?: string
  /** What stands for −log softmax. */
  readonly loss?: string
  /** What is added to the loss, with its sign. */
  readonly penalty?: string
  /** What stands for s. */
  readonly scale?: string
  /** What the symbols of other lines mean, as "k=…". */
  readonly lines?: (parameters: Readonly<Record<string, number>>) => readonly string[]
}

/** What else the symbols of ψ may depend on. */
export interface MarginContext {
  /** As it is set. */
  readonly setting: MarginSetting
  /** s, as it acts now. */
  readonly scale: number
  /** How far a ramped margin has come, from 0 (none) to 1 (as set). */
  readonly strength: number
}

/** Settings with which a preset trains well. */
export interface PresetSettings {
  readonly head: z.input<typeof headSchema>
  readonly curriculum?: z.input<typeof curriculumSchema>
  /** Terms added to the head's loss. */
  readonly auxiliaries?: z.input<typeof termsSchema>
  /** Balanced batches: this many classes, and images of each. */
  readonly balance?: { readonly classes: number; readonly perClass: number }
}

/** A loss with a name: a point in the space of heads. */
export interface Preset {
  readonly id: string
  readonly name: string
  readonly family: Family
  /** What it does, in one sentence. */
  readonly summary: string
  /** What to look for on the stage. */
  readonly watch: string
  readonly source: Source
  /** Another named loss at the same point, from which only the scale tells it. */
  readonly variantOf?: string
  /** In 2-D, and for d > 2. */
  readonly settings: (dimension: number) => PresetSettings
}
