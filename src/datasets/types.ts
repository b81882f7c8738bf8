import type { ImageSet } from '../io/dataset-file'

/** A data set that the page offers. */
export interface DatasetSpec {
  readonly id: string
  readonly name: string
  readonly summary: string
  /** Where it comes from, and under which licence. */
  readonly source: string
  readonly licence: string
  /** Its file below public/data. */
  readonly file: string
}

export type { ImageSet }
