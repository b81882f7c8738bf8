import type { ActiveHead } from '../../losses/head'
import type { Carried } from '../../losses/individual-margins'
import type { TermSetting } from '../../losses/forms/base'

/**
 * What is read of a run to draw points and class vectors: live arrays, which whoever owns them replaces and then says
 * so.
 */
export interface PointData {
  /** Changes when the points are others than before: then nothing glides, everything starts in its place. */
  readonly generation: number
  /** Number of features, d. */
  readonly dimension: number
  /** Names of the classes. */
  readonly classes: readonly string[]
  /** How many points there are; arrays below are valid up to here. */
  readonly count: number
  readonly labels: ArrayLike<number>
  /** count × 3: features, or their parts along three directions where d > 3; z = 0 where d = 2. */
  readonly positions: Float32Array
  readonly predicted: ArrayLike<number>
  /** ‖x‖, over all d features. */
  readonly norm: Float32Array
  /** classes × K × 3: class vectors in the space of `positions`, class by class. */
  readonly classPositions: Float32Array
  readonly frame: PointFrame | null
}

/** The class vectors as they are. */
export interface PointFrame {
  /** classes × K × d. */
  readonly weights: Float32Array
  /** b_j. */
  readonly bias: Float32Array
}

/** What the stage reads of a run; whoever changes it then says `dataChanged`. */
export interface StageData extends PointData {
  /** Index of each point's image. */
  readonly images: ArrayLike<number>
  /** count × d, as the network gives them. */
  readonly features: Float32Array
  /** θ to the own class, and to the nearest other, in radians. */
  readonly targetAngle: ArrayLike<number>
  readonly otherAngle: ArrayLike<number>
  readonly otherClass: ArrayLike<number>
  /** What each term of the run carries. */
  readonly states: readonly ShownState[]
  readonly frame: StageFrame | null
  readonly data: ImageSource | null
  /** A point whose picture is not that of the data. */
  readonly substitute?: { readonly point: number; readonly pixels: Uint8Array } | null
}

/** What a term carries. */
export interface ShownState {
  /** The kind of the term. */
  readonly kind: string
  readonly values: Float32Array
  /** Of centres where they are, classes × 3 in the space of the points; empty for other terms. */
  readonly positions: Float32Array
}

export interface StageFrame extends PointFrame {
  readonly carried: Carried
}

/** The images behind the points: grey, row by row, 0 is paper and 255 is ink. */
export interface ImageSource {
  readonly width: number
  readonly height: number
  readonly pixels: Uint8Array
}

/** What of the head points and class vectors are drawn with. */
export type PointHead = Pick<ActiveHead, 'bias' | 'normalizeWeights' | 'normalizeFeatures' | 'scale'>

/** How points and class vectors are shown. */
export interface PointSettings {
  /** Features as they are, or x / ‖x‖. */
  readonly space: 'raw' | 'normalized'
  readonly hiddenClasses: readonly number[]
  readonly focusedClass: number | null
  readonly head: PointHead
}

/** What to show and how. */
export interface StageSettings extends PointSettings {
  /** Decision regions. */
  readonly regions: boolean
  /** The regions that the margin demands. */
  readonly margins: boolean
  /** Where samples differ in their margin, points are the larger, the greater theirs is. */
  readonly sizes: boolean
  /** The terms that are shown at work. */
  readonly terms: readonly TermSetting[]
  /** The point whose card stays open. */
  readonly pinned: number | null
  readonly head: ActiveHead
  /** What else to say below the stage. */
  readonly note: string | null
}
