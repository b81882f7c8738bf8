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
  /** ψ in TeX; a parameter stands as \p{id}. */
  readonly equation: string
  readonly source: Source
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
  /** The highest rate of a one-cycle schedule for Adam. */
  readonly rate: number
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
  /** In 2-D, and for d > 2. */
  readonly settings: (dimension: number) => PresetSettings
}
