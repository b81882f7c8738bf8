import fc from 'fast-check'
import { zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import type { SourceFile } from '../../src/io/import/errors'
import { importFiles } from '../../src/io/import/import-files'
import { broken, ends, file, gzip, idx, npy, pictures as decode, png } from './foreign-files'
import { metered } from './metered'

const read = (files: readonly SourceFile[]) => importFiles(files, { decode })

const IMAGES = 6
const bytes = (n: number) => Uint8Array.from({ length: n }, (_, i) => (37 * i) % 256)
const images = idx('train-images', [IMAGES, 5, 4], bytes(20 * IMAGES))
const labels = idx('train-labels', [IMAGES], [0, 1, 2, 0, 1, 2])
const testImages = idx('t10k-images', [2, 5, 4], bytes(40))
const testLabels = idx('t10k-labels', [2], [0, 1])

const features = npy('features.npy', '<f4', [3, 2], Float32Array.of(1, 2, 3, 4.5, -5, 6))
const columns = npy('features.npy', '<f8', [3, 2], Float64Array.of(1, 3, -5, 2, 4.5, 6), true)
const targets = npy('labels.npy', '<i8', [3], BigInt64Array.of(1n, 0n, 1n))
const weights = npy('weights.npy', '<f4', [2, 2], Float32Array.of(1, 0, 0, 1))
const bias = npy('bias.npy', '<f4', [2], Float32Array.of(0.5, -0.5))
const pixels = npy('x.npy', '|u1', [4, 8, 8], bytes(256))
const ofPixels = npy('y.npy', '|u1', [4], Uint8Array.of(0, 1, 0, 1))
const parts = Object.fromEntries(
  ['x_train', 'y_train', 'x_test', 'y_test'].map((key) => [
    `${key}.npy`,
    (key.includes('x') ? pixels : ofPixels).bytes,
  ]),
)
const arrays = { 'x.npy': features.bytes, 'y.npy': targets.bytes, 'w.npy': weights.bytes }
const folders = {
  'faces/train/Ada/1.png': png(3, 3, 1),
  'faces/train/Grace/1.png': png(4, 3, 2),
  'faces/test/Ada/2.png': Uint8Array.from([...png(9, 9, 5), ...new Uint8Array(999)]),
  '__MACOSX/._1.png': png(1, 1, 0),
}
const pixelRows = [0, 1, 2, 3].map((i) => [i % 2, ...bytes(64 + i).subarray(i)].join(','))

/** What each program writes, all of it valid. */
const VALID: Readonly<Record<string, readonly SourceFile[]>> = {
  IDX: [images, labels],
  'IDX as gzip': [gzip(images), gzip(labels)],
  'IDX with a test part': [images, labels, testImages, testLabels],
  'NPY: features, labels, class weights, biases': [features, targets, weights, bias],
  'NPY by columns': [columns, targets],
  'NPY of pixels': [pixels, ofPixels],
  NPZ: [file('a.npz', zipSync(arrays))],
  'NPZ, stored': [file('a.npz', zipSync(arrays, { level: 0 }))],
  'NPZ with a test part': [file('mnist.npz', zipSync(parts))],
  CSV: [file('a.csv', 'label,"a",b\n1,2.5,3\r\n2,-1e3,4\n"3",7,8\n')],
  'CSV of pixels': [file('mnist.csv', pixelRows.join('\n'))],
  'CSV with semicolons': [file('a.csv', '1;2;Ada\r3;4;Grace\r')],
  'TSV beside its labels': [
    file('vectors.tsv', '0.5\t1\n2\t-3e-1\n'),
    file('metadata.tsv', 'x\tlabel\n0\ta\n1\tb\n'),
  ],
  'text with spaces': [file('vectors.txt', '1 2.5\n 3  4 \n'), file('labels.txt', 'a b\nc\n')],
  'a zip of pictures': [file('faces.zip', zipSync(folders))],
  'a zip of pictures, stored': [file('faces.zip', zipSync(folders, { level: 0 }))],
}

describe.each(Object.entries(VALID))('%s', (_, files) => {
  it('is read, and ends in a whole value or the typed error when one of its files is broken', async () => {
    await read(files)
    const oneBroken = fc
      .nat(files.length - 1)
      .chain((i) => broken(files[i]!).map((bad) => files.map((good, k) => (k === i ? bad : good))))
    await fc.assert(
      fc.asyncProperty(oneBroken, (some) => ends(some, read)),
      { numRuns: 200 },
    )
  })
})

describe('bytes of any kind', () => {
  it('end in a whole value or the typed error', async () => {
    const start = fc.constantFrom<number[]>(
      [],
      [0, 0, 8, 3],
      [0, 0, 8, 1],
      [0x1f, 0x8b, 8],
      [0x50, 0x4b, 3, 4],
      [0x50, 0x4b, 5, 6],
      [0x93, 78, 85, 77, 80, 89, 1, 0],
    )
    const noise = fc
      .tuple(start, fc.uint8Array({ maxLength: 200 }))
      .map(([head, rest]) => file('f', Uint8Array.from([...head, ...rest])))
    const text = fc
      .string({ unit: fc.constantFrom(...'012.,;\t"\n\r xe-'), maxLength: 60 })
      .map((content) => file('a.csv', content))
    const any = fc.oneof(noise, text, fc.constantFrom(...Object.values(VALID).flat()))
    await fc.assert(
      fc.asyncProperty(fc.array(any, { maxLength: 3 }), (some) => ends(some, read)),
      { numRuns: 400 },
    )
  })
})

describe('a header that lies', () => {
  const HUGE = [2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1]
  const MOST = 2 ** 20

  const refused = async (...files: SourceFile[]): Promise<string> => {
    const error = await metered(MOST, () => read(files)).then(
      () => null,
      (reason: unknown) => reason as Error,
    )
    expect(error?.name, String(error)).toBe('ImportError')
    return error!.message
  }

  it('takes no memory, in IDX', async () => {
    for (const n of HUGE) {
      expect(await refused(idx('a', [n, 1, 1], []), labels)).toMatch(/more than/)
      expect(await refused(images, idx('a', [n], []))).toMatch(/more than/)
      expect(await refused(idx('a', [6, n, 4], []), labels)).toMatch(/more than/)
    }
    // As many as there may be, and none of them there.
    for (const pack of [(f: SourceFile) => f, gzip]) {
      const many = gzip(idx('labels', [1_000_000], bytes(1_000_000)))
      const promised = pack(idx('images', [1_000_000, 28, 28], []))
      const error = await metered(8 * MOST, () => read([promised, many])).catch((reason: unknown) => reason)
      expect(String(error)).toMatch(/images(\.gz)? ends too early/)
    }
  })

  it('takes no memory, in NPY', async () => {
    for (const n of HUGE) {
      for (const shape of [[n], [n, 2], [2, n], [n, n], [1, n, n]]) {
        expect(await refused(npy('features.npy', '<f4', shape, new Uint8Array(8)), targets)).toMatch(
          /more than/,
        )
      }
    }
    expect(await refused(npy('features.npy', '<f4', [1e6, 100], new Uint8Array(8)), targets)).toMatch(
      /promises/,
    )
  })

  it('takes no memory, in a table whose first rows are long and whose others are not', async () => {
    const long = `${'1,'.repeat(200)}a\n`.repeat(60)
    expect(await refused(file('a.csv', long + 'x\n'.repeat(100_000)))).toMatch(/1 columns in row 61/)
  })

  it('takes no memory, in a zip whose files lie over each other', async () => {
    const whole = zipSync({ 'x.npy': new Uint8Array(300_000), 'y.npy': new Uint8Array(300_000) })
    const view = new DataView(whole.buffer)
    const directory = view.getUint32(whole.length - 6, true)
    const second = directory + 46 + 'x.npy'.length
    // Both are the same bytes, packed as tightly as can be; then all of the file is in both.
    view.setUint32(second + 42, 0, true)
    for (const entry of [directory, second]) view.setUint32(entry + 20, whole.length - 100, true)
    expect(await refused(file('a.npz', whole))).toMatch(/is a damaged zip/)
  })

  it('of a zip promises less or more than there is', async () => {
    const large = Uint8Array.from([...png(3, 3, 1), ...new Uint8Array(200_000)])
    for (const size of [0, 1, 25, 199_999, 200_026, 30 * 2 ** 20, ...HUGE]) {
      const packed = zipSync({ 'a/1.png': large, 'b/1.png': png(3, 3, 1) })
      const view = new DataView(packed.buffer)
      view.setUint32(view.getUint32(packed.length - 6, true) + 24, size, true)
      expect(await refused(file('a.zip', packed)), String(size)).toMatch(/is damaged|more than/)
    }
  })
})
