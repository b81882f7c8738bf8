import type { ImageSet } from '../io/dataset-file'

/** A data set that the page offers. */
export interface DatasetSpec {
  readonly id: string
  readonly name: string
  readonly summary: string
  /** Where it comes from, and under which licence. */
  readonly source: string
  readonly licence: string
  /** Whether it keeps identities that are never trained on, for verification. */
  readonly keepsUnseen?: true
  /** Its file below public/data, or what makes it where it needs none. */
  readonly images: { readonly file: string } | { readonly make: () => ImageSet }
}

export type { ImageSet }
