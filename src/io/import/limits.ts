import { count, ImportError } from './errors'

/** What a file may hold. All of it is checked before memory is taken. */
export const LIMITS = {
  /** Chosen at once. */
  files: 16,
  /** Bytes of one file. */
  file: 1024 * 2 ** 20,
  /** Bytes of a text file: it is held as one string. */
  text: 256 * 2 ** 20,
  /** Images in a file, and those kept of them, drawn at random. */
  images: 2_000_000,
  keptImages: 200_000,
  /** Pixels along a side. */
  side: 4096,
  /** Labels of a set of images are bytes. */
  imageClasses: 256,
  /** Rows and columns of features, and numbers in all (512 MiB). */
  rows: 1_000_000,
  columns: 4096,
  values: 128 * 2 ** 20,
  /** Labels of embeddings are 16-bit. */
  classes: 65_535,
  /** Entries of a zip, bytes of one and of all once decompressed. */
  entries: 200_000,
  entry: 32 * 2 ** 20,
  unpacked: 2048 * 2 ** 20,
} as const

export const MIB = 2 ** 20

/** @throws {ImportError} unless the value is within the limit. `what` reads like "a.npy has 7,000 columns". */
export function within(value: number, limit: number, what: string, remedy: string): void {
  if (!(value <= limit)) throw new ImportError(`${what}, more than the ${count(limit)} that fit here`, remedy)
}

/** Call this before any of them is read. @throws {ImportError} */
export function checkFileCount(files: number): void {
  if (files === 0) throw new ImportError('No file was chosen', 'choose one')
  if (files <= LIMITS.files) return
  throw new ImportError(
    `These are ${count(files)} files`,
    'choose those of one data set; many pictures as a zip with a folder for each class',
  )
}

/** Call this with the size of a file before its bytes are read. @throws {ImportError} */
export function checkFileSize(name: string, size: number): void {
  if (size === 0) throw new ImportError(`${name} is empty`, 'choose another file')
  within(
    Math.ceil(size / MIB),
    LIMITS.file / MIB,
    `${name} has ${count(Math.ceil(size / MIB))} MiB`,
    'choose a part of it',
  )
}
