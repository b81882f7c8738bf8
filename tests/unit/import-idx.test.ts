import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { SourceFile } from '../../src/io/import/errors'
import { importIdx } from '../../src/io/import/idx'
import { file, gzip, idx } from './foreign-files'

const SIZE = 28 * 28
/** Image i is filled with i. */
const images = (n: number, name = 'train-images-idx3-ubyte', from = 0) =>
  idx(
    name,
    [n, 28, 28],
    Uint8Array.from({ length: n * SIZE }, (_, i) => from + Math.floor(i / SIZE)),
  )
const labels = (n: number, name = 'train-labels-idx1-ubyte', classes = 4) =>
  idx(
    name,
    [n],
    Uint8Array.from({ length: n }, (_, i) => i % classes),
  )

const read = async (...files: SourceFile[]) => (await importIdx(files)).set
const message = async (...files: SourceFile[]) =>
  importIdx(files).then(
    () => 'no error',
    (error: unknown) => (error as Error).message,
  )

describe('a pair of IDX files', () => {
  it.each([['plain', (f: SourceFile) => f] as const, ['gzip', gzip] as const])(
    'becomes a shuffled, stratified set (%s)',
    async (_, pack) => {
      const set = await read(pack(labels(100)), pack(images(100)))
      expect(set).toMatchObject({ train: 80, test: 20, width: 28, height: 28, classes: ['0', '1', '2', '3'] })
      const seen = [...Array(100).keys()].map((i) => set.pixels[i * SIZE]!)
      expect(seen.toSorted((a, b) => a - b)).toEqual([...Array(100).keys()])
      expect(seen).not.toEqual([...Array(100).keys()])
      seen.forEach((image, i) => {
        expect(set.labels[i]).toBe(image % 4)
        expect(set.pixels[i * SIZE + SIZE - 1]).toBe(image)
      })
      for (let j = 0; j < 4; j++) {
        expect(set.labels.subarray(80).filter((label) => label === j)).toHaveLength(5)
      }
      expect(await read(pack(labels(100)), pack(images(100)))).toEqual(set)
      const other = await importIdx([labels(100), images(100)], { seed: 2 })
      expect(other.set.labels).not.toEqual(set.labels)
    },
  )

  it('keeps the test part of a set of four files', async () => {
    const set = await read(
      images(5, 't10k-images-idx3-ubyte', 200),
      images(9),
      labels(5, 't10k-labels-idx1-ubyte'),
      labels(9),
    )
    expect(set).toMatchObject({ train: 9, test: 5 })
    const first = [...Array(14).keys()].map((i) => set.pixels[i * SIZE]!)
    expect(first.slice(0, 9).toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8])
    expect(first.slice(9).toSorted((a, b) => a - b)).toEqual([200, 201, 202, 203, 204])
  })

  it('keeps a random part of too many, of every class', async () => {
    const { set, omitted } = await importIdx([labels(200), images(200)], { most: 50 })
    expect([set.train + set.test, omitted, set.pixels.length]).toEqual([50, 150, 50 * SIZE])
    expect(new Set(set.labels).size).toBe(4)
  })

  it('brings other sizes to 28 × 28 by area, with their aspect', async () => {
    // Rows of 2 × 4 pixels: left half 10, right half 250.
    const wide = idx(
      'images',
      [4, 2, 4],
      Array.from({ length: 32 }, (_, i) => (i % 4 < 2 ? 10 : 250)),
    )
    const { pixels } = await read(wide, labels(4, 'labels', 2))
    const row = (y: number) => [...pixels.subarray(y * 28, y * 28 + 28)]
    expect(row(14)).toEqual([...Array<number>(14).fill(10), ...Array<number>(14).fill(250)])
    expect(new Set(row(0)).size).toBe(1)
    const large = idx(
      'images',
      [4, 56, 56],
      Array.from({ length: 4 * 56 ** 2 }, (_, i) => (i % 2 ? 100 : 50)),
    )
    expect(new Set((await read(large, labels(4, 'labels', 2))).pixels)).toEqual(new Set([75]))
  })

  it("turns EMNIST's transposed images", async () => {
    const top = Array.from({ length: 4 * SIZE }, (_, i) => (i % SIZE < 28 ? 255 : 0))
    const set = await read(
      idx('emnist-letters-train-images-idx3-ubyte', [4, 28, 28], top),
      idx('emnist-letters-train-labels-idx1-ubyte', [4], [26, 1, 26, 1]),
    )
    expect(set.classes).toEqual(['1', '26'])
    expect([...set.pixels.subarray(0, 29)]).toEqual([255, ...Array<number>(27).fill(0), 255])
  })

  it('says in one sentence what is wrong', async () => {
    expect(await message(labels(60_000, 'labels.idx'), images(10, 'images.idx'))).toBe(
      'labels.idx has 60,000 labels, but images.idx has 10 images: choose two files of the same set.',
    )
    expect(await message(images(3, 'a'))).toMatch(/^a has images, but the file with its labels is missing/)
    expect(await message(labels(3, 'a'), labels(3, 'b'))).toMatch(/its images is missing/)
    expect(await message(images(3), labels(3, 'labels', 1))).toMatch(/only one class/)
    expect(await message(file('a', 'hello world'), labels(3))).toMatch(/^a is not an IDX file/)
    expect(await message(idx('a', [2, 2], [1, 2, 3, 4]), labels(3))).toMatch(/^a holds neither/)
    expect(await message(idx('a', [3, 28, 28], [1]), labels(3))).toMatch(/^a ends too early/)
    expect(await message(idx('a', [3, 1, 1], [1, 2, 3, 4]), labels(3))).toMatch(/^a holds more than/)
    expect(await message(images(3, 'a'), images(3, 'b'), labels(3, 'c'), labels(3, 'd'))).toMatch(/not clear/)
    const cut = gzip(images(30, 'a'))
    expect(await message(file('a.gz', cut.bytes.subarray(0, 60)), labels(30))).toMatch(/^a.gz is damaged/)
  })
})

describe('an IDX file that lies', () => {
  it('is refused by its header, whatever it promises', async () => {
    expect(await message(idx('a', [4_000_000_000, 28, 28], []), labels(3))).toMatch(
      /^a has 4,000,000,000 images, more than the 2,000,000 that fit here/,
    )
    expect(await message(idx('a', [3, 100_000, 100_000], []), labels(3))).toMatch(/more than the 4,096/)
    expect(await message(idx('a', [0, 28, 28], []), labels(3))).toMatch(/holds no images/)
    expect(await message(idx('a', [3, 0, 28], []), labels(3))).toMatch(/without pixels/)
  })

  it('is refused when it is a bomb', async () => {
    const zeros = new Uint8Array(64 * 2 ** 20)
    zeros.set(idx('', [3, 1, 1], []).bytes)
    expect(await message(file('a.gz', gzipSync(zeros)), labels(3))).toMatch(/holds more than its header/)
  })
})
