import { parseExperiment as parse } from '../engine/config'
import { withPreset as withPresetOf } from '../engine/preset-experiment'

/** Everything that determines a run: the same experiment trains to the same numbers. */
export interface Experiment {
  readonly version: 1
  /** A whole number in [0, 2³²). */
  readonly seed: number
  readonly data: {
    /** A data set by its id, such as "mnist", "fashion-mnist", "glyphs" or "toy-rings". */
    readonly set: string
    /** Which file of one's own it is, where `set` is "own": only the page has those. */
    readonly file?: { readonly name: string; readonly hash: string } | undefined
    /** Moves each training image by up to one pixel in each direction. */
    readonly shifts: boolean
    /** How batches are drawn: at random, or the same number of images of each of a few classes. */
    readonly sampling:
      | { readonly kind: 'shuffle' }
      | { readonly kind: 'pk'; readonly classes: number; readonly perClass: number }
    /** The classes to train on, and those that are never trained on. */
    readonly classes?: readonly number[] | undefined
    readonly unseen?: readonly number[] | undefined
    /** How many images the classes have. */
    readonly imbalance?:
      | { readonly kind: 'uniform' }
      | { readonly kind: 'exponential'; readonly ratio: number }
      | { readonly kind: 'step'; readonly ratio: number; readonly head: number }
      | undefined
    /** What is done to a share of the training images. */
    readonly corruption?:
      | {
          readonly occlusion: number
          readonly blur: number
          readonly downsample: number
          readonly contrast: number
          readonly noise: number
          readonly share: number
        }
      | undefined
    /** The fraction of the training images that get a wrong label. */
    readonly labelNoise?: number | undefined
  }
  readonly network: {
    readonly kind: string
    /** d, the number of features. */
    readonly dimension: number
    readonly featureActivation: 'none' | 'relu'
  }
  readonly head: {
    readonly bias: boolean
    /** Features get no gradient from the head, which only reads them. */
    readonly detach: boolean
    readonly normalizeWeights: boolean
    readonly normalizeFeatures: boolean
    /** s, in place of ‖x‖ while features are normalized. */
    readonly scale: number
    readonly margin: {
      readonly kind: string
      readonly text?: string | undefined
      readonly parameters: Readonly<Record<string, number>>
    }
    /** What it makes of its logits. */
    readonly loss: { readonly kind: string; readonly parameters: Readonly<Record<string, number>> }
    /** K, vectors of each class. */
    readonly subCenters: number
    readonly start: 'random' | 'even'
  }
  /** What is added to the loss of the head. */
  readonly terms: readonly {
    readonly kind: string
    /** λ */
    readonly weight: number
    readonly normalized: boolean
    readonly mining?: string | undefined
    readonly parameters: Readonly<Record<string, number>>
  }[]
  readonly curriculum: {
    readonly normalizeFeaturesAt: number
    readonly margin: { readonly start: number; readonly end: number }
    readonly scale: { readonly from: number; readonly start: number; readonly end: number } | null
  }
  readonly optimizer: {
    readonly kind: 'adam' | 'sgd'
    readonly rate:
      | { readonly kind: 'constant'; readonly value: number }
      /** Multiplied by `factor` each time the fraction `every` of the planned run has passed. */
      | { readonly kind: 'step'; readonly value: number; readonly factor: number; readonly every: number }
      /** Rises to `value` in the fraction `warmUp` of the planned run, and falls in the rest. */
      | { readonly kind: 'one-cycle'; readonly value: number; readonly warmUp: number }
    readonly momentum: number
    readonly weightDecay: number
    /** The largest norm of the whole gradient; null leaves it as it is. */
    readonly clip: number | null
    readonly batchSize: number
  }
  /** The planned length of the run. */
  readonly epochs: number
}

/** An experiment, or any part of one: what is left out is as it is by default. */
export type ExperimentInput = { readonly [K in keyof Experiment]?: PartOf<Experiment[K]> | undefined }
type PartOf<T> = T extends readonly (infer E)[]
  ? readonly PartOf<E>[]
  : T extends object
    ? { readonly [K in keyof T]?: PartOf<T[K]> | undefined }
    : T

/**
 * A whole experiment, of a part of one.
 * @throws {Error} with name "ConfigError", which names the fields that are unknown or out of range
 */
export function parseExperiment(value: ExperimentInput): Experiment {
  return parse(value)
}

/**
 * An experiment with a named loss as it ships, and everything else as in `base`.
 * @param loss an id of `presets`
 * @throws {RangeError} when there is no loss of that name
 */
export function withPreset(loss: string, base: ExperimentInput = {}): Experiment {
  return withPresetOf(parse(base), loss)
}
