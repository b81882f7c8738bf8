import { describe, expect, it } from 'vitest'
import { nodeAssets } from '../../cli/node-assets'
import { useBackend } from '../../src/engine/backends'
import { parseExperiment } from '../../src/engine/config'
import { selectedImages, type PointSelection } from '../../src/engine/frame'
import { Observer } from '../../src/engine/observer'
import { Trainer } from '../../src/engine/trainer'
import { Random } from '../../src/geometry/random'
import type { ImageSet } from '../../src/io/dataset-file'

const TRAIN = 70
const TEST = 30
const data: ImageSet = {
  name: 'noise',
  width: 28,
  height: 28,
  classes: ['a', 'b'],
  train: TRAIN,
  test: TEST,
  labels: Uint8Array.from({ length: TRAIN + TEST }, (_, i) => i % 2),
  pixels: noise((TRAIN + TEST) * 28 * 28),
}

function noise(length: number): Uint8Array {
  const random = new Random(1, 'noise')
  return Uint8Array.from({ length }, () => random.below(256))
}

const SELECTIONS: [PointSelection, { first: number; count: number }][] = [
  [
    { split: 'train', count: 20 },
    { first: 0, count: 20 },
  ],
  [
    { split: 'train', count: 1000 },
    { first: 0, count: TRAIN },
  ],
  [
    { split: 'test', count: 20 },
    { first: TRAIN, count: 20 },
  ],
  [
    { split: 'test', count: 1000 },
    { first: TRAIN, count: TEST },
  ],
  [
    { split: 'all', count: 1000 },
    { first: 0, count: TRAIN + TEST },
  ],
  [
    { split: 'all', count: 80 },
    { first: 0, count: 80 },
  ],
]

it.each(SELECTIONS)('%o are images %o', (selection, expected) => {
  expect(selectedImages(selection, data)).toEqual(expected)
})

describe('an observer', () => {
  it.each(SELECTIONS)('of %o sees every point once, and every held-out image once', async (selection) => {
    await useBackend('cpu', nodeAssets)
    const trainer = new Trainer(parseExperiment({ network: { kind: 'mlp' } }), data)
    const observer = new Observer(trainer, data, selection)
    const { first, count } = selectedImages(selection, data)
    const points = new Uint8Array(count)
    const heldOut = new Uint8Array(TEST)
    const bias = new Float32Array(2)
    const weights = new Float32Array(4)
    for (let seen = 0; seen < observer.rotation;) {
      const observation = observer.begin(16)
      const features = await observation.features.data<'float32'>()
      observation.features.dispose()
      const update = observer.finish(observation, features, weights, bias)
      for (let i = 0; i < observation.count; i++) {
        const image = observation.image + i
        if (update) {
          points[update.first + i]!++
          expect(image).toBe(first + update.first + i)
        }
        if (image >= TRAIN) heldOut[image - TRAIN]!++
      }
      // A look at both kinds of images would count training images for the accuracy.
      expect(observation.image < TRAIN && observation.image + observation.count > TRAIN).toBe(false)
      seen += observation.count
    }
    expect([...points].every((times) => times === 1)).toBe(true)
    expect([...heldOut].every((times) => times === 1)).toBe(true)
    expect(observer.test?.accuracy).toBeGreaterThanOrEqual(0)
    trainer.dispose()
  })
})
