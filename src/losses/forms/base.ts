import type { ParameterSpec } from '../parameter'
import type { Source } from '../source'

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

/** What a term's own functions read of its setting. */
export type TermValues = Pick<TermSetting, 'parameters' | 'mining'>

/** How many classes there are, and features. */
export interface TermSizes {
  readonly classes: number
  readonly dimension: number
}

/** What every term says of itself, whatever it is a function of. */
export interface TermBase {
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
  /** None may have the name of a setting that shaders have anyway, see SHADER_SETTINGS. */
  readonly parameters: readonly ParameterSpec[]
  /** A λ with which softmax and this term train well in 2-D. */
  readonly weight: number
  /** It is a function of cosines alone, so that its features are always normalized. */
  readonly cosine?: true
  /** A factor of its own gradient is held constant, so that it is not the derivative of the value. */
  readonly detached?: true
  /** Where its value is a weighted sum: what the parts are called, and which parameter is the weight of each. */
  readonly parts?: Readonly<Record<string, string>>
  /** What else there is to know, with these images and this head, in sentences; '' for nothing. */
  readonly note?: (values: TermValues, surroundings: TermSurroundings) => string
}

/** What a term acts in. */
interface TermSurroundings {
  /** Training images of each class, and what the classes are called. */
  readonly counts: readonly number[]
  readonly classes: readonly string[]
  /** Class vectors count with unit length. */
  readonly unitWeights: boolean
}

/**
 * What the shader of a term has as `settings.NAME`, besides the parameters of the term: B, n, d and K; whether class
 * weights stay; the first row of the batch in the plan, the slot of the statistics, λ, and where in `parameters` and
 * `gradients` what it carries begins, class weights [n · K · d] and n_min / n_j [n].
 */
export const SHADER_SETTINGS = {
  batch: 'u32',
  classes: 'u32',
  dimension: 'u32',
  subCenters: 'u32',
  fixedWeights: 'u32',
  first: 'u32',
  slot: 'u32',
  weight: 'f32',
  state: 'u32',
  weights: 'u32',
  rarity: 'u32',
} as const

/** Squared distances count as at least this where they are divided by. */
export const LEAST_SQUARE = 1e-12
