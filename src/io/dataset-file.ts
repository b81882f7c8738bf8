import { z } from 'zod'
import { openPackedFile, packFile } from './packed-file'

/**
 * The compact file of a data set: the bytes "LGL2", the length of a JSON header (uint32, little-endian), the
 * header, then labels and pixels (one byte each, image by image, row by row), as gzip, whose checksum finds
 * damage.
 */
const MAGIC = 0x324c474c

const headerSchema = z.strictObject({
  name: z.string(),
  width: z.number().int().min(1).max(256),
  height: z.number().int().min(1).max(256),
  classes: z.array(z.string()).min(2).max(4096),
  /** The first `train` images are for training, the `test` that follow are held out. */
  train: z.number().int().min(1).max(1_000_000),
  test: z.number().int().min(0).max(1_000_000),
  /**
   * Identities that are never trained on, for verification: their images follow the held-out ones, and their
   * labels those of `classes`.
   */
  unseen: z
    .strictObject({
      count: z.number().int().min(1).max(1_000_000),
      classes: z.array(z.string()).min(1).max(4096),
    })
    .optional(),
})

type DatasetHeader = z.output<typeof headerSchema>

/** Grey images with labels, in memory. */
export interface ImageSet extends DatasetHeader {
  /** Where this is a selection: the names in the set that it is of. */
  readonly whole?: { readonly classes: readonly string[]; readonly unseen: readonly string[] }
  /** (train + test + unseen) class indices. */
  readonly labels: Uint8Array
  /** (train + test + unseen) · height · width bytes, 0 is paper and 255 is ink. */
  readonly pixels: Uint8Array
}

/** n_j, training images of each class. */
export function trainingCounts({ classes, labels, train }: ImageSet): number[] {
  const counts = new Array<number>(classes.length).fill(0)
  for (const label of labels.subarray(0, train)) counts[label]!++
  return counts
}

/** A data set file that can't be used; the message says why in one sentence. */
export class DatasetFileError extends Error {
  override readonly name = 'DatasetFileError'
}

const MAX_BYTES = 512 * 2 ** 20

/** @throws {DatasetFileError} when the bytes are not such a file, or are damaged. */
export async function decodeDataset(bytes: Uint8Array<ArrayBuffer>): Promise<ImageSet> {
  const file = openPackedFile(bytes, MAGIC, 'a data set', DatasetFileError)
  const header = parseHeader(file.header)
  const { train, test, classes, unseen } = header
  const seen = train + test
  const count = seen + (unseen?.count ?? 0)
  const size = count * (1 + header.width * header.height)
  if (size > MAX_BYTES) throw new DatasetFileError('the file describes more data than fits in memory')
  const data = await file.inflate(size)
  const labels = data.subarray(0, count)
  const identities = classes.length + (unseen?.classes.length ?? 0)
  if (
    labels.some((label, i) =>
      i < seen ? label >= classes.length : label < classes.length || label >= identities,
    )
  ) {
    throw new DatasetFileError('the file has a label outside of its classes')
  }
  return { ...header, labels, pixels: data.subarray(count) }
}

/** The file of a data set, as `decodeDataset` reads it. */
export async function encodeDataset(set: ImageSet): Promise<Uint8Array<ArrayBuffer>> {
  const { name, width, height, classes, train, test, unseen, labels, pixels } = set
  const header: DatasetHeader = { name, width, height, classes, train, test, unseen }
  const data = new Uint8Array(labels.length + pixels.length)
  data.set(labels)
  data.set(pixels, labels.length)
  return packFile(MAGIC, header, data)
}

function parseHeader(value: unknown): DatasetHeader {
  const result = headerSchema.safeParse(value)
  if (!result.success) throw new DatasetFileError('the header of the file can not be read')
  return result.data
}
