import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nodeAssets } from '../../cli/node-assets'
import { parseExperiment, sameVariables } from '../../src/engine/config'
import { DataLoader, MissingFileError } from '../../src/engine/data-loader'
import { Engine } from '../../src/engine/engine'
import type { EngineStatus } from '../../src/engine/events'
import { measure } from '../../src/geometry/measure'
import { Random } from '../../src/geometry/random'
import type { ImageSet } from '../../src/io/dataset-file'
import type { EmbeddingSet } from '../../src/io/import/embeddings'
import { fingerprint } from '../../src/io/import/fingerprint'
import { describeChange } from '../../src/session/describe-change'
import { evaluateEmbeddings, MOST_CLASSES, MOST_POINTS } from '../../src/session/import/evaluate-embeddings'
import { describeEmbeddings, showEmbeddings } from '../../src/session/import/embedding-view'
import { momentFrom, linkTo } from '../../src/session/link'
import { momentOf } from '../../src/session/moment'

const FILE = { name: 'faces.zip', hash: '0123456789abcdef' }
const OF_FILE = parseExperiment({ data: { set: 'own', file: FILE } })

const faces: ImageSet = {
  name: 'faces',
  width: 28,
  height: 28,
  classes: ['ada', 'bob'],
  train: 2,
  test: 0,
  labels: Uint8Array.of(0, 1),
  pixels: new Uint8Array(2 * 784),
}

describe('a fingerprint', () => {
  const bytes = fc.uint8Array({ maxLength: 40 }).map((array) => ({ bytes: Uint8Array.from(array) }))

  it('does not depend on the order of files, nor on where their bytes lie', () => {
    fc.assert(
      fc.property(fc.array(bytes, { minLength: 1, maxLength: 4 }), (files) => {
        const hash = fingerprint(files)
        expect(hash).toMatch(/^[0-9a-f]{16}$/)
        expect(fingerprint([...files].reverse())).toBe(hash)
        const moved = files.map((file) => ({ bytes: Uint8Array.from([9, ...file.bytes]).subarray(1) }))
        expect(fingerprint(moved)).toBe(hash)
      }),
    )
  })

  it('differs where a byte differs, comes or goes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), fc.nat(39), (array, place) => {
        const all = Uint8Array.from(array)
        const changed = all.slice()
        changed[place % all.length]! ^= 1
        const longer = Uint8Array.from([...all, 0])
        const hashes = [all, changed, all.subarray(1), longer].map((each) => fingerprint([{ bytes: each }]))
        expect(new Set(hashes).size).toBe(4)
      }),
    )
  })

  it('stays what it was, as links carry it', () => {
    expect(fingerprint([{ bytes: new TextEncoder().encode('loss geometry') }])).toMatchInlineSnapshot(
      `"e74a3d47071478ef"`,
    )
  })
})

describe('an experiment with a file of the user', () => {
  it('carries name and hash, exactly where the data set is such a file', () => {
    expect(momentFrom(new URL(linkTo(momentOf(OF_FILE), 'https://example.org/')).hash)).toEqual(
      momentOf(OF_FILE),
    )
    expect(() => parseExperiment({ data: { set: 'own' } })).toThrow('data.file')
    expect(() => parseExperiment({ data: { file: FILE } })).toThrow('data.file')
    expect(() => parseExperiment({ data: { set: 'own', file: { ...FILE, hash: 'x' } } })).toThrow(
      'data.file.hash',
    )
  })

  it('is another run when its contents are others', () => {
    const other = parseExperiment({ data: { set: 'own', file: { ...FILE, hash: 'f'.repeat(16) } } })
    expect(sameVariables(OF_FILE, other)).toBe(false)
    expect(sameVariables(OF_FILE, parseExperiment({}))).toBe(false)
    expect(describeChange(parseExperiment({}), OF_FILE)).toContain('faces.zip')
  })

  it('is loaded from what was provided, and from nothing else', async () => {
    const loader = new DataLoader(nodeAssets)
    const load = (): Promise<ImageSet> => loader.load(OF_FILE, () => undefined)
    await expect(load()).rejects.toThrow(MissingFileError)
    await expect(load()).rejects.toThrow('faces.zip')
    loader.provide('f'.repeat(16), faces)
    await expect(load()).rejects.toThrow(MissingFileError)
    loader.provide(FILE.hash, faces)
    expect((await load()) === faces).toBe(true)
  })

  it('makes the engine say which file is missing', async () => {
    const statuses: EngineStatus[] = []
    const ignore = (): void => undefined
    const engine = new Engine(nodeAssets, {
      data: ignore,
      unseen: ignore,
      run: ignore,
      backend: ignore,
      checkpoint: ignore,
      notice: ignore,
      reached: ignore,
      frame: () => Promise.resolve(),
      status: (status) => statuses.push(status),
    })
    await engine.open(OF_FILE)
    expect(statuses.at(-1)).toMatchObject({ kind: 'failed', missing: FILE })
  })
})

/** Embeddings around one direction for each class; class j has sizes[j] of them. */
function clouds(sizes: readonly number[], dimension: number, more: Partial<EmbeddingSet> = {}): EmbeddingSet {
  const random = new Random(1, 'clouds')
  const labels = Uint16Array.from(sizes.flatMap((size, j) => new Array<number>(size).fill(j)))
  const centers = Float32Array.from({ length: sizes.length * dimension }, () => random.normal())
  const features = Float32Array.from({ length: labels.length * dimension }, (_, k) => {
    const row = Math.floor(k / dimension)
    const at = k % dimension
    return 4 * centers[labels[row]! * dimension + at]! + 0.1 * random.normal()
  })
  return {
    kind: 'embeddings',
    name: 'clouds',
    dimension,
    features,
    labels,
    weights: null,
    bias: null,
    classes: sizes.map((_, j) => `class ${j}`),
    ...more,
  }
}

const nothing = (): void => undefined

describe('embeddings', () => {
  it('are measured against the means of their classes, or against the weights that came with them', () => {
    const set = clouds([30, 50, 20], 6)
    const look = evaluateEmbeddings(set, nothing)
    expect(look.givenWeights).toBe(false)
    expect([...look.measures.predicted]).toEqual([...look.labels])
    const mean = [...look.weights.subarray(0, 6)]
    for (let k = 0; k < 6; k++) {
      let sum = 0
      for (let i = 0; i < 30; i++) sum += set.features[6 * i + k]!
      expect(mean[k]).toBeCloseTo(sum / 30, 4)
    }
    // Weights for the next class: everything is nearest to another than its own.
    const weights = Float32Array.from([...look.weights.subarray(6), ...look.weights.subarray(0, 6)])
    const given = evaluateEmbeddings({ ...set, weights, bias: new Float32Array(3) }, nothing)
    expect(given.givenWeights).toBe(true)
    expect(given.measures.predicted.some((j, i) => j === given.labels[i])).toBe(false)
    expect(showEmbeddings('a', given).experiment.head).toMatchObject({ bias: true, normalizeWeights: false })
  })

  it('are all in the panels, and as many on the stage as it draws smoothly', () => {
    const set = clouds([7000, 6000], 4)
    const shown = showEmbeddings('clouds.npy', evaluateEmbeddings(set, nothing))
    expect([shown.panels.count, shown.stage.count]).toEqual([13_000, MOST_POINTS])
    expect(describeEmbeddings(shown)).toMatch(
      /^10,000 of 13,000 points, drawn at random; arrows are the means/,
    )
    // A view's points are rows of the set, each with its own numbers.
    const { images, labels, positions, norm } = shown.stage
    for (const i of [0, 77, MOST_POINTS - 1]) {
      const row = set.features.subarray(4 * images[i]!, 4 * images[i]! + 4)
      expect(labels[i]).toBe(set.labels[images[i]!])
      expect(norm[i]).toBeCloseTo(Math.hypot(...row), 3)
      expect(Math.hypot(...positions.subarray(3 * i, 3 * i + 3))).toBeLessThanOrEqual(norm[i]! + 1e-3)
    }
    // Always the same ones.
    expect(showEmbeddings('again', evaluateEmbeddings(set, nothing)).stage.images).toEqual(images)
  })

  it('of too many classes are shown by the largest of them', () => {
    const sizes = Array.from({ length: 300 }, (_, j) => (j < 44 ? 1 : 2))
    const shown = showEmbeddings('many.npy', evaluateEmbeddings(clouds(sizes, 3), nothing))
    expect(shown.stage.classes).toHaveLength(MOST_CLASSES)
    expect(shown.stage.classes[0]).toBe('class 44')
    expect(shown.stage.count).toBe(512)
    expect(describeEmbeddings(shown)).toContain('256 largest of 300 classes')
  })

  it('of one class are refused in a sentence', () => {
    expect(() => evaluateEmbeddings(clouds([5], 3), nothing)).toThrow(/only one class: .+\.$/)
  })

  it('are measured alike whatever the number of class vectors', () => {
    const { features, labels } = clouds([4, 4, 4, 4, 4, 4, 4], 5)
    const { weights } = evaluateEmbeddings(clouds([4, 4, 4, 4, 4, 4, 4], 5), nothing)
    const classifier = { weights, subCenters: 1, bias: new Float32Array(7), useBias: false, scale: 1 }
    const { targetAngle } = measure(features, labels, 5, {
      ...classifier,
      normalizeWeights: false,
      normalizeFeatures: false,
    })
    labels.forEach((j, i) => {
      const x = features.subarray(5 * i, 5 * i + 5)
      const w = weights.subarray(5 * j, 5 * j + 5)
      const dot = x.reduce((sum, value, k) => sum + value * w[k]!, 0)
      expect(Math.cos(targetAngle[i]!)).toBeCloseTo(dot / Math.hypot(...x) / Math.hypot(...w), 5)
    })
  })
})
