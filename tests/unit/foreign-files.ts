import type fc from 'fast-check'
import { gzipSync } from 'node:zlib'
import { expect } from 'vitest'
import type { EmbeddingSet } from '../../src/io/import/embeddings'
import { ImportError, type SourceFile } from '../../src/io/import/errors'
import type { PictureDecoder } from '../../src/io/import/folders'
import type { ImportedImages } from '../../src/io/import/image-set'
import { pictureSize } from '../../src/io/import/picture-size'
import { mutated } from './damaged-file'
import { metered } from './metered'

// Files as other programs write them, and ways to break them.

export const file = (name: string, content: Uint8Array | string): SourceFile => ({
  name,
  bytes: new Uint8Array(typeof content === 'string' ? new TextEncoder().encode(content) : content),
})

export const gzip = ({ name, bytes }: SourceFile): SourceFile => file(`${name}.gz`, gzipSync(bytes))

/** An IDX file; its header may lie about its dimensions. */
export function idx(name: string, dims: readonly number[], values: ArrayLike<number>): SourceFile {
  const bytes = new Uint8Array(4 + 4 * dims.length + values.length)
  bytes.set([0, 0, 8, dims.length])
  const view = new DataView(bytes.buffer)
  dims.forEach((dim, i) => view.setUint32(4 + 4 * i, dim))
  bytes.set(Array.from(values), 4 + 4 * dims.length)
  return { name, bytes }
}

/** A NumPy file, version 1; its header may lie. */
export function npy(
  name: string,
  descr: string,
  shape: readonly number[],
  values: ArrayBufferView,
  fortran = false,
): SourceFile {
  const inner = `${shape.join(', ')}${shape.length === 1 ? ',' : ''}`
  const text = `{'descr': '${descr}', 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': (${inner}), }`
  const header = text.padEnd(64 * Math.ceil((text.length + 11) / 64) - 11) + '\n'
  const bytes = new Uint8Array(10 + header.length + values.byteLength)
  bytes.set([0x93, 78, 85, 77, 80, 89, 1, 0, header.length & 255, header.length >> 8])
  bytes.set(new TextEncoder().encode(header), 10)
  bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), 10 + header.length)
  return { name, bytes }
}

/** The beginning of a PNG, enough to tell its size; its colour is in the byte after. */
export function png(width: number, height: number, gray: number): Uint8Array {
  const bytes = new Uint8Array(25)
  bytes.set([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52])
  new DataView(bytes.buffer).setUint32(16, width)
  new DataView(bytes.buffer).setUint32(20, height)
  bytes[24] = gray
  return bytes
}

/** Stands in for the browser's decoder: pictures of one colour, small ones as here is nothing to decode. */
export const pictures: PictureDecoder = (bytes) => {
  const size = pictureSize(bytes)
  if (bytes.length < 25 || !size || size.width * size.height > 10_000) {
    return Promise.reject(new Error('no picture'))
  }
  const rgba = new Uint8Array(4 * size.width * size.height).fill(255)
  for (let i = 0; i < rgba.length; i += 4) rgba.fill(bytes[24]!, i, i + 3)
  return Promise.resolve({ ...size, rgba })
}

/**
 * A megabyte for anything, and what gzip, which packs 1 : 1032, can hold as bytes, as images of 28 × 28, or as
 * floats.
 */
const allowance = (files: readonly SourceFile[]): number =>
  2 ** 20 + 1100 * files.reduce((sum, { bytes }) => sum + bytes.length, 0)

/**
 * Whether reading ends in a whole value or the typed error with a sentence, which is all that may happen, soon and
 * without taking more memory than such files can need.
 */
export async function ends(
  files: readonly SourceFile[],
  read: (files: readonly SourceFile[]) => Promise<ImportedImages | EmbeddingSet>,
): Promise<void> {
  const result = await metered(allowance(files), () => read(files)).catch((error: unknown) => error)
  if (!(result instanceof Error)) expectWhole(result as ImportedImages | EmbeddingSet)
  else if (result instanceof ImportError) expect(result.message).toMatch(/^[^\n]{10,400}\.$/u)
  else throw result
}

/** Nothing is lost or made up: each row has its numbers, and a label of a class. */
function expectWhole(value: ImportedImages | EmbeddingSet): void {
  if (value.kind === 'images') {
    const { train, test, width, height, pixels, labels, classes } = value.set
    expect(labels).toHaveLength(train + test)
    expect(pixels).toHaveLength((train + test) * width * height)
    expect(train).toBeGreaterThan(0)
    expect(labels.every((label) => label < classes.length)).toBe(true)
    return
  }
  const { dimension, features, labels, classes, weights, bias } = value
  expect(features).toHaveLength(labels.length * dimension)
  expect(labels.every((label) => label < classes.length)).toBe(true)
  expect(features.every(Number.isFinite)).toBe(true)
  if (weights) expect(weights).toHaveLength(classes.length * dimension)
  if (bias) expect(bias).toHaveLength(classes.length)
}

/** Copies of a file, broken as by `mutated`. */
export const broken = ({ name, bytes }: SourceFile): fc.Arbitrary<SourceFile> =>
  mutated(bytes).map((bad) => ({ name, bytes: bad }))
