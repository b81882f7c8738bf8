import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nodeAssets } from '../../cli/node-assets'
import { corruptImage } from '../../src/datasets/corruption'
import { classSizes } from '../../src/datasets/imbalance'
import { selectData, SelectionError } from '../../src/datasets/select'
import type { Corruption, DataSelection, Imbalance } from '../../src/datasets/settings'
import { useBackend } from '../../src/engine/backends'
import { ConfigError, parseExperiment } from '../../src/engine/config'
import { Trainer } from '../../src/engine/trainer'
import { Random } from '../../src/geometry/random'
import type { ImageSet } from '../../src/io/dataset-file'

const CLASSES = ['a', 'b', 'c', 'd']
const PER_CLASS = 120
const TEST = 40
const UNSEEN = 30

/** Four classes to train on and two identities for verification; the first byte of an image is its number. */
const base: ImageSet = (() => {
  const train = CLASSES.length * PER_CLASS
  const count = train + TEST + UNSEEN
  const random = new Random(1, 'base')
  const pixels = Uint8Array.from({ length: count * 64 }, () => random.below(256))
  const labels = Uint8Array.from({ length: count }, (_, i) => (i < train + TEST ? i % 4 : 4 + (i % 2)))
  const unseen = { count: UNSEEN, classes: ['y', 'z'] }
  return { name: 'base', width: 8, height: 8, classes: CLASSES, train, test: TEST, unseen, labels, pixels }
})()

const image = ({ pixels }: ImageSet, i: number): string => pixels.subarray(64 * i, 64 * (i + 1)).join()
const numberOf = new Map(Array.from(base.labels, (_, i) => [image(base, i), i]))
/** Which images of `base` a set has, in its order. */
const origins = (set: ImageSet): number[] => Array.from(set.labels, (_, i) => numberOf.get(image(set, i))!)
const sizes = ({ labels, train, classes }: ImageSet): number[] =>
  classes.map((_, j) => labels.subarray(0, train).filter((label) => label === j).length)

describe('class sizes', () => {
  it.each<[Imbalance, number[]]>([
    [{ kind: 'uniform' }, [500, 500, 500, 500]],
    [{ kind: 'exponential', ratio: 1 }, [500, 500, 500, 500]],
    [{ kind: 'exponential', ratio: 8 }, [496, 248, 124, 62]],
    [{ kind: 'exponential', ratio: 500 }, [500, 63, 8, 1]],
    [{ kind: 'step', ratio: 100, head: 0.5 }, [500, 500, 5, 5]],
    [{ kind: 'step', ratio: 500, head: 0.25 }, [500, 1, 1, 1]],
  ])('%j are %j', (imbalance, expected) => {
    expect(classSizes(imbalance, [500, 600, 512, 700])).toEqual(expected)
  })

  it('have the ratio that is asked for, as far as there are images', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<'exponential' | 'step'>('exponential', 'step'),
        fc.integer({ min: 1, max: 500 }),
        fc.array(fc.integer({ min: 1, max: 2000 }), { minLength: 2, maxLength: 200 }),
        (kind, ratio, available) => {
          const imbalance = kind === 'step' ? { kind, ratio, head: 0.5 } : { kind, ratio }
          const result = classSizes(imbalance, available)
          const least = Math.min(...available)
          expect(result[0]! / result[result.length - 1]!).toBeCloseTo(Math.min(ratio, least))
          expect(result).toEqual([...result].sort((a, b) => b - a))
          expect(Math.max(...result)).toBeLessThanOrEqual(least)
          expect(Math.max(...result)).toBeGreaterThan(least / 2 - 1)
          expect(Math.min(...result)).toBeGreaterThanOrEqual(1)
        },
      ),
    )
  })
})

describe('a selection', () => {
  it('of nothing is the data set itself', () => {
    expect(selectData(base, {}, 1)).toBe(base)
  })

  it('of classes has these in their order, and all images of the unseen', () => {
    const set = selectData(base, { classes: [3, 1], unseen: [0, 5] }, 1)
    expect(set).toMatchObject({ classes: ['d', 'b'], train: 240, test: 20, unseen: { count: 145 } })
    expect(set.unseen!.classes).toEqual(['a', 'z'])
    const names = [...set.classes, ...set.unseen!.classes]
    const all = [...base.classes, ...base.unseen!.classes]
    const from = origins(set)
    from.forEach((i, at) => expect(names[set.labels[at]!]).toBe(all[base.labels[i]!]))
    expect(new Set(from).size).toBe(405)
    expect(from.slice(0, set.train).every((i) => i < base.train)).toBe(true)
    expect(from.slice(set.train, set.train + set.test).every((i) => i >= base.train)).toBe(true)
  })

  it('without a list of classes trains on all that are not unseen', () => {
    expect(selectData(base, { unseen: [1] }, 1).classes).toEqual(['a', 'c', 'd'])
    expect(selectData(base, { unseen: [] }, 1).unseen).toBeUndefined()
    expect(selectData(base, { imbalance: { kind: 'uniform' } }, 1).unseen).toEqual(base.unseen)
  })

  it.each<[DataSelection, string]>([
    [{ classes: [0, 9] }, 'no class number 9'],
    [{ unseen: [6] }, 'no class number 6'],
    [{ classes: [0, 4] }, 'no class number 4'],
    [{ classes: [0, 1], unseen: [1] }, 'class b can not be both'],
    [{ unseen: [0, 1, 2] }, 'at least two classes'],
  ])('%j is refused in words', (selection, text) => {
    expect(() => selectData(base, selection, 1)).toThrow(SelectionError)
    expect(() => selectData(base, selection, 1)).toThrow(text)
  })

  it('with a long tail has these class sizes, the same images for the same seed, fewer of them as it grows', () => {
    const at = (ratio: number, seed = 1) =>
      selectData(base, { classes: [2, 0, 1, 3], imbalance: { kind: 'exponential', ratio } }, seed)
    expect(sizes(at(8))).toEqual([120, 60, 30, 15])
    expect(at(8).test).toBe(TEST)
    expect(origins(at(8)).join()).toBe(origins(at(8)).join())
    expect(origins(at(8)).join()).not.toBe(origins(at(8, 2)).join())
    const mild = origins(at(8))
    const strong = origins(at(60))
    expect(strong.every((i) => mild.includes(i))).toBe(true)
  })

  it('with label noise has other labels for that fraction, and the rest as it was', () => {
    const set = selectData(base, { labelNoise: 0.3 }, 5)
    const wrong = Array.from(set.labels).filter((label, i) => label !== base.labels[i]).length
    expect(wrong / base.train).toBeCloseTo(0.3, 1)
    expect(set.labels.subarray(base.train).join()).toBe(base.labels.subarray(base.train).join())
    expect(origins(set).join()).toBe(origins(base).join())
    expect(Math.max(...set.labels.subarray(0, set.train))).toBe(3)
    expect(selectData(base, { labelNoise: 0.3 }, 5).labels.join()).toBe(set.labels.join())
  })

  it('with corruption changes that share of the training images alone', () => {
    const corruption = { occlusion: 0, blur: 1, downsample: 1, contrast: 1, noise: 0 }
    const set = selectData(base, { corruption: { ...corruption, share: 0.5 } }, 5)
    const same = Array.from(set.labels, (_, i) => image(set, i) === image(base, i))
    expect(same.slice(0, base.train).filter(Boolean).length / base.train).toBeCloseTo(0.5, 1)
    expect(same.slice(base.train).every(Boolean)).toBe(true)
  })
})

describe('corruption', () => {
  const none: Corruption = { occlusion: 0, blur: 0, downsample: 1, contrast: 1, noise: 0 }
  const plain = Uint8Array.from({ length: 16 * 12 }, (_, i) => (i % 16 === 8 ? 250 : 10))
  const corrupted = (change: Partial<Corruption>) =>
    corruptImage(plain, 16, 12, { ...none, ...change }, new Random(1, 'corruption'))
  const deviation = (values: Uint8Array): number => {
    const mean = values.reduce((sum, v) => sum + v, 0) / values.length
    return Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length)
  }

  it('of nothing leaves an image as it is', () => {
    expect(corrupted({})).toEqual(plain)
  })

  it('blurs along both directions and keeps the light', () => {
    const blurred = corrupted({ blur: 1 })
    // The middle of a line keeps 1 / √(2π) of its height above the paper.
    expect(blurred[8]).toBeCloseTo(10 + 240 * 0.3989, -0.5)
    expect(blurred.reduce((a, b) => a + b, 0) / plain.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 2)
  })

  it('makes blocks of one value, less contrast, a grey square, noise', () => {
    const blocks = corrupted({ downsample: 4 })
    expect([blocks[8], blocks[9], blocks[16 * 3 + 11]]).toEqual([70, 70, 70])
    expect(deviation(corrupted({ contrast: 0.5 })) / deviation(plain)).toBeCloseTo(0.5, 1)
    expect(corrupted({ occlusion: 0.5 }).filter((v) => v === 128)).toHaveLength(36)
    expect(corrupted({ noise: 0.2 })).not.toEqual(plain)
    expect(corrupted({ noise: 0.2 })).toEqual(corrupted({ noise: 0.2 }))
  })
})

describe('a configuration', () => {
  it('has nothing of it until it is asked for', () => {
    expect(Object.keys(parseExperiment({}).data)).toEqual(['set', 'shifts', 'sampling'])
  })

  it.each([
    [{ imbalance: { kind: 'exponential', ratio: 501 } }, 'data.imbalance.ratio'],
    [{ classes: [1] }, 'data.classes'],
    [{ classes: [1, 1] }, 'only once'],
    [{ labelNoise: 1.5 }, 'data.labelNoise'],
    [{ corruption: { blur: -1 } }, 'data.corruption.blur'],
  ])('names the wrong field: %j', (data, field) => {
    expect(() => parseExperiment({ data })).toThrow(ConfigError)
    expect(() => parseExperiment({ data })).toThrow(field)
  })

  it('begins a new run where the classes change, and goes on where their images do', async () => {
    await useBackend('cpu', nodeAssets)
    const experiment = (data: object) => parseExperiment({ data, network: { kind: 'mlp' } })
    const trainer = new Trainer(experiment({}), base)
    expect(trainer.accepts(experiment({ labelNoise: 0.1, imbalance: { kind: 'uniform' } }))).toBe(true)
    expect(trainer.accepts(experiment({ classes: [0, 1] }))).toBe(false)
    expect(trainer.accepts(experiment({ unseen: [0] }))).toBe(false)
    trainer.dispose()
  })
})
