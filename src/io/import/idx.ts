import { ByteStream, isGzip } from './byte-stream'
import { ImportError, plural, type SourceFile } from './errors'
import {
  checkImages,
  checkSize,
  compactLabels,
  type ImageOptions,
  ImageSetBuilder,
  type ImportedImages,
} from './image-set'

/*
 * IDX, the format of MNIST: two zero bytes, the type of the values, the number of dimensions, each dimension as a
 * big-endian uint32, then the values. Often as gzip.
 */

const BYTES = 0x08

/** Whether a file is IDX, or gzip of something, which only IDX is here. */
export function looksLikeIdx({ bytes }: SourceFile): boolean {
  return (
    isGzip(bytes) || (bytes[0] === 0 && bytes[1] === 0 && bytes[2]! >= 8 && bytes[2]! <= 14 && bytes[3]! > 0)
  )
}

interface Idx {
  readonly name: string
  readonly dims: readonly number[]
  /** At the first value. */
  readonly stream: ByteStream
}

interface Pair {
  readonly images: Idx
  readonly labels: Idx
  readonly heldOut: boolean
}

/**
 * Reads the image and label files of a set, or both of its training and its test part.
 * @throws {ImportError}
 */
export async function importIdx(
  files: readonly SourceFile[],
  options: ImageOptions = {},
): Promise<ImportedImages> {
  const opened: Idx[] = []
  try {
    for (const file of files) opened.push(await open(file))
    const pairs = pairUp(opened)
    return await readPairs(pairs, options)
  } finally {
    // A file that is refused half-way must not go on decompressing.
    for (const { stream } of opened) await stream.close().catch(() => undefined)
  }
}

async function open(file: SourceFile): Promise<Idx> {
  const { name } = file
  const stream = new ByteStream(file)
  const [zero, alsoZero, type, rank] = await stream.take(4)
  if (zero !== 0 || alsoZero !== 0)
    throw new ImportError(`${name} is not an IDX file`, 'choose the files of MNIST or one like it')
  if (type !== BYTES || (rank !== 1 && rank !== 3)) {
    throw new ImportError(
      `${name} holds neither images nor labels as bytes`,
      'choose the files named images-idx3-ubyte and labels-idx1-ubyte',
    )
  }
  const head = await stream.take(4 * rank)
  const view = new DataView(head.buffer, head.byteOffset, head.length)
  const dims = Array.from({ length: rank }, (_, i) => view.getUint32(4 * i))
  checkImages(name, dims[0]!)
  if (rank === 3) checkSize(name, dims[2]!, dims[1]!)
  // The set is allocated before the first image is read, so a header must not promise what is not there.
  stream.checkHolds(4 + head.length + dims.reduce((product, dim) => product * dim))
  return { name, dims, stream }
}

const isTest = ({ name }: Idx): boolean => /t10k|test|valid/i.test(name)

/** Finds which labels belong to which images, by name where there are two of each. */
function pairUp(files: readonly Idx[]): Pair[] {
  const images = files.filter(({ dims }) => dims.length === 3)
  const labels = files.filter(({ dims }) => dims.length === 1)
  const missing = images.length > labels.length ? 'labels' : 'images'
  if (images.length !== labels.length) {
    const { name } = (missing === 'labels' ? images : labels)[0]!
    const has = missing === 'labels' ? 'images' : 'labels'
    throw new ImportError(
      `${name} has ${has}, but the file with its ${missing} is missing`,
      'choose both together',
    )
  }
  const tests = images.filter(isTest).length
  if (images.length > 2 || (images.length === 2 && (tests !== 1 || labels.filter(isTest).length !== 1))) {
    throw new ImportError(
      'It is not clear which of these IDX files belong together',
      'choose one file of images and one of labels, or both for training and both with "test" or "t10k" in their names',
    )
  }
  return images
    .map((image) => {
      const own = images.length === 1 ? labels[0]! : labels.find((other) => isTest(other) === isTest(image))!
      if (own.dims[0] !== image.dims[0]) {
        throw new ImportError(
          `${own.name} has ${plural(own.dims[0]!, 'label')}, but ${image.name} has ${plural(image.dims[0]!, 'image')}`,
          'choose two files of the same set',
        )
      }
      return { images: image, labels: own, heldOut: images.length === 2 && isTest(image) }
    })
    .sort((a, b) => Number(a.heldOut) - Number(b.heldOut))
}

async function readPairs(pairs: readonly Pair[], options: ImageOptions): Promise<ImportedImages> {
  const total = pairs.reduce((sum, { labels }) => sum + labels.dims[0]!, 0)
  const name = pairs[0]!.images.name
  checkImages(name, total)
  const all = new Uint8Array(total)
  const heldOut = pairs.length === 2 ? new Uint8Array(total) : null
  let first = 0
  for (const pair of pairs) {
    const n = pair.labels.dims[0]!
    all.set(await pair.labels.stream.take(n), first)
    await pair.labels.stream.end()
    if (pair.heldOut) heldOut?.fill(1, first, first + n)
    first += n
  }
  const builder = new ImageSetBuilder({ name, ...compactLabels(all), heldOut }, options)
  first = 0
  for (const { images } of pairs) first = await readImages(images, builder, first)
  return builder.finish()
}

/** Enough images at a time that waiting for them costs little, and not many bytes. */
const BLOCK = 1 << 20

async function readImages(
  { name, dims, stream }: Idx,
  builder: ImageSetBuilder,
  first: number,
): Promise<number> {
  const [n, height, width] = dims as [number, number, number]
  const size = width * height
  const block = Math.max(1, Math.floor(BLOCK / size))
  // EMNIST keeps its images transposed: it was made from column-major matrices.
  const transposed = /emnist/i.test(name)
  for (let done = 0; done < n;) {
    const here = Math.min(block, n - done)
    const bytes = await stream.take(here * size)
    for (let i = 0; i < here; i++) {
      const image = first + done + i
      if (!builder.wants(image)) continue
      const pixels = bytes.subarray(i * size, (i + 1) * size)
      if (transposed) builder.add(image, transpose(pixels, width, height), height, width)
      else builder.add(image, pixels, width, height)
    }
    done += here
  }
  await stream.end()
  return first + n
}

function transpose(pixels: Uint8Array, width: number, height: number): Uint8Array {
  return pixels.map((_, i) => pixels[(i % height) * width + Math.floor(i / height)]!)
}
