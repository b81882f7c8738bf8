import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { nodeAssets } from '../../cli/node-assets'
import { DATASETS } from '../../src/datasets/registry'
import { parseExperiment } from '../../src/engine/config'
import { DataError, DataLoader } from '../../src/engine/data-loader'
import type { ImageSet } from '../../src/io/dataset-file'

const loader = new DataLoader(nodeAssets)
const load = (data: object): Promise<ImageSet> => loader.load(parseExperiment({ data }), () => undefined)
const checksum = ({ labels, pixels }: ImageSet): string =>
  createHash('sha256').update(labels).update(pixels).digest('hex').slice(0, 16)
const sizes = ({ labels, classes }: ImageSet, first: number, count: number): number[] => {
  const result = new Array<number>(classes.length).fill(0)
  for (const label of labels.subarray(first, first + count)) result[label]!++
  return result
}

describe.each([...DATASETS])('the data set $id', ({ id, name, summary, source, licence, keepsUnseen }) => {
  it('has images of each of its classes, to train on and held out', async () => {
    const set = await load({ set: id })
    expect(set.pixels).toHaveLength(set.labels.length * set.width * set.height)
    expect(set.labels.length).toBe(set.train + set.test + (set.unseen?.count ?? 0))
    for (const [first, count] of [
      [0, set.train],
      [set.train, set.test],
    ] as const) {
      expect(Math.min(...sizes(set, first, count)), 'images of each class').toBeGreaterThan(0)
    }
    expect(set.unseen !== undefined).toBe(keepsUnseen === true)
  })

  it('says what it is, its source and its licence', () => {
    expect([name, summary, source, licence]).not.toContain('')
  })
})

describe('a data set that the page offers', () => {
  it.each([
    ['mnist', 28, 10, 8000, 2000, 0, 'c9471c415482519b'],
    ['fashion-mnist', 28, 10, 10_000, 2000, 0, '782e3f44663ad3ea'],
    ['glyphs', 28, 166, 7968, 1992, 50, '9aae3ea1fe0c7987'],
    ['toy-clusters', 16, 5, 1000, 500, 0, null],
    ['toy-rings', 16, 3, 999, 501, 0, null],
  ])('%s has the images that it says', async (id, side, classes, train, test, unseen, sum) => {
    const set = await load({ set: id })
    expect(set).toMatchObject({ width: side, height: side, train, test })
    expect(set.classes).toHaveLength(classes)
    expect(new Set([...set.classes, ...(set.unseen?.classes ?? [])]).size).toBe(classes + unseen)
    // Toys are computed where they are shown, and there the last bit may differ.
    if (sum !== null) expect(checksum(set)).toBe(sum)
  })

  it.each(['fashion-mnist', 'glyphs', 'toy-clusters', 'toy-rings'])(
    '%s has as many of each class',
    async (id) => {
      const set = await load({ set: id })
      const each = (count: number): number[] => set.classes.map(() => count / set.classes.length)
      expect(sizes(set, 0, set.train)).toEqual(each(set.train))
      expect(sizes(set, set.train, set.test)).toEqual(each(set.test))
    },
  )

  it('of glyphs has 60 pictures of each identity that is never trained on, and none of them blank', async () => {
    const set = await load({ set: 'glyphs' })
    const first = set.train + set.test
    const counts = new Map<number, number>()
    for (const label of set.labels.subarray(first)) counts.set(label, (counts.get(label) ?? 0) + 1)
    expect([...counts.keys()].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, k) => 166 + k))
    expect(new Set(counts.values())).toEqual(new Set([60]))
    for (let i = 0; i < set.labels.length; i++) {
      const ink = set.pixels.subarray(784 * i, 784 * (i + 1)).reduce((sum, value) => sum + value, 0)
      expect(ink).toBeGreaterThan(255 * 8)
    }
  })

  it('is a long tail of 1 : 500 where it is asked for', async () => {
    const set = await load({ set: 'fashion-mnist', imbalance: { kind: 'exponential', ratio: 500 } })
    expect(sizes(set, 0, set.train)).toEqual([1000, 501, 251, 126, 63, 32, 16, 8, 4, 2])
    expect(sizes(set, set.train, set.test)).toEqual(new Array(10).fill(200))
  })
})

describe('the loader', () => {
  it('gives the same object while nothing about the images changes', async () => {
    const first = await load({ set: 'toy-rings', labelNoise: 0.1 })
    // Compared as objects: a look into all their numbers takes seconds.
    expect((await load({ set: 'toy-rings', labelNoise: 0.1, shifts: false })) === first).toBe(true)
    expect((await load({ set: 'toy-rings', labelNoise: 0.2 })) === first).toBe(false)
  })

  it('says which set could not be loaded and what to do, and tries again when asked again', async () => {
    let offline = true
    const failing = new DataLoader({
      ...nodeAssets,
      data: (file) => (offline ? Promise.reject(new Error('no connection')) : nodeAssets.data(file)),
    })
    const wanted = parseExperiment({ data: { set: 'glyphs' } })
    const loading = failing.load(wanted, () => undefined)
    await expect(loading).rejects.toThrow(DataError)
    await expect(loading).rejects.toThrow(/^Glyphs could not be loaded: no connection\. Check/)
    offline = false
    expect((await failing.load(wanted, () => undefined)).name).toBe('Glyphs')
  })
})
