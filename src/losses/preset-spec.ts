import type { z } from 'zod'
import type { curriculumSchema } from './curriculum'
import type { Family } from './families'
import type { HeadInput } from './head'
import type { Source } from './source'
import type { termsSchema } from './term-schema'

/** Settings with which a preset trains well. */
export interface PresetSettings {
  readonly head: HeadInput
  readonly curriculum?: z.input<typeof curriculumSchema>
  /** Terms added to the head's loss. */
  readonly terms?: z.input<typeof termsSchema>
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
  /** What loss cases take for a variant of another named loss, or of itself, by `params.variant`. */
  readonly variant?: { readonly of: string; readonly name: string }
  /** Another named loss at the same point, from which only the scale tells it. */
  readonly variantOf?: string
  /** In 2-D, and for d > 2. */
  readonly settings: (dimension: number) => PresetSettings
}
