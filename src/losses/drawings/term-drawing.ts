import type { Act } from '../forms/act'
import type { TermSetting } from '../forms/base'

/** Points of the stage as a batch of a term. */
export interface ShownBatch {
  /** Places of its samples among all points, B of them. */
  readonly points: readonly number[]
  /** The class of each sample. */
  readonly labels: readonly number[]
  readonly dimension: number
  /** [B · d], as the term sees them. */
  readonly features: Float64Array
  /** ‖x_i − x_j‖² of these, B × B. */
  readonly squared: Float64Array
  /** What the term carries; empty before it is known. */
  readonly state: ArrayLike<number>
  /** What the classes are called. */
  readonly classes: readonly string[]
  /** The sample that the user chose, −1 for none. */
  readonly chosen: number
  /** What was chosen without being asked for should be the same as before, so that it can be followed. */
  readonly stays: boolean
  /** Of a term of pairs: which samples act on each other, by the code that trains. */
  readonly eachActing: (act: Act) => void
}

/** Where a mark is. What glides over the stage takes its marks along. */
export interface MarkPlace {
  /** A sample of the batch, the mean of a class's samples, or a row of the centres that the term carries. */
  readonly of: 'sample' | 'mean' | 'center' | 'origin'
  /** Which sample or class; 0 for the origin. */
  readonly at: number
}

export const ORIGIN: MarkPlace = { of: 'origin', at: 0 }

/** A colour: that of text, of margins, or of a class. */
export type Tone = 'ink' | 'accent' | { readonly class: number }

/** Something that a term has drawn. Widths are in thin lines of the theme. */
export type TermMark = { readonly above?: true } & (
  | {
      readonly shape: 'line'
      readonly from: MarkPlace
      readonly to: MarkPlace
      readonly tone: Tone
      readonly width: number
      /** Opacity, 1 where it says nothing. */
      readonly alpha?: number
      readonly dashed?: true
      /** It is as faint as this class while the user looks at others. */
      readonly fades?: number
      /** Squares at both ends; large ones have paper around. */
      readonly ends?: 'small' | 'large'
    }
  /** Beside the line from one to the other, as long as they should be apart, in the unit of the features. */
  | { readonly shape: 'bar'; readonly from: MarkPlace; readonly to: MarkPlace; readonly length: number }
  /**
   * All that has this squared distance, for the features that the term sees: a circle, or for unit features the
   * directions at an angle. It is drawn where the stage shows true distances, up to three features.
   */
  | { readonly shape: 'border'; readonly around: MarkPlace; readonly square: number }
  | { readonly shape: 'ring'; readonly at: MarkPlace }
  | { readonly shape: 'diamond'; readonly at: MarkPlace; readonly class: number }
)

/** What there is to see of a term in a batch. */
export interface TermSight {
  /** In the order in which they are drawn: below the arrows of class vectors, or `above` them. */
  readonly marks: readonly TermMark[]
  /** What must be known to read them, in sentences; '' for nothing. */
  readonly caption: string
}

/** What there is to see where a term has nothing to show. */
export const NOTHING: TermSight = { marks: [], caption: '' }

/** What a term shows of itself on the stage. */
export interface TermDrawing {
  /** What that is, in a word, for the switch that shows it. */
  readonly name: string
  /**
   * Begins a drawing on one stage.
   * @returns looks at a batch whenever points, settings or what is chosen have changed; it may remember what it saw
   */
  readonly begin: () => (batch: ShownBatch, setting: TermSetting) => TermSight
}

/** A term of whatever form that may have a drawing. */
export interface Drawn {
  readonly drawing?: TermDrawing
}
