import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nodeAssets } from '../../cli/node-assets'
import { useBackend } from '../../src/engine/backends'
import { parseExperiment } from '../../src/engine/config'
import { Trainer } from '../../src/engine/trainer'
import { selectData } from '../../src/datasets/select'
import { decodeDataset, type ImageSet } from '../../src/io/dataset-file'
import { HEAD_LOSSES } from '../../src/losses/head-loss-registry'
import { SAMPLE_LOSSES } from '../sample-losses'

// A loss whose class vectors stay: neither it, nor terms on them, nor weight decay, nor what is left of an earlier
// momentum moves them.

const fixed = SAMPLE_LOSSES.find(({ fixedWeights }) => fixedWeights)!
let digits: ImageSet
let undo: () => void
beforeAll(async () => {
  undo = HEAD_LOSSES.add(fixed)
  const all = await decodeDataset(await nodeAssets.data('mnist.bin'))
  digits = selectData(all, { imbalance: { kind: 'exponential', ratio: 50 } }, 1)
})
afterAll(() => undo())

describe.each(['cpu', 'wasm'] as const)('fixed class vectors on %s', (backend) => {
  beforeAll(() => useBackend(backend, nodeAssets))

  it.each(['adam', 'sgd'] as const)('stay with %s', async (kind) => {
    const experiment = (loss: string) =>
      parseExperiment({
        network: { kind: 'mlp' },
        head: { bias: true, normalizeWeights: true, normalizeFeatures: true, loss: { kind: loss } },
        // Class vectors of all lengths are drawn to those of the frequent classes.
        terms: [{ kind: 'up', weight: 3, parameters: { fraction: 0.5 } }],
        optimizer: { kind, batchSize: 16, weightDecay: 0.1, rate: { kind: 'constant', value: 0.01 } },
      })
    const trainer = new Trainer(experiment('softmax'), digits)
    const { classWeights, layers } = trainer.layout
    const first = layers.find((layer) => layer.kind === 'conv')!
    const weights = async (): Promise<{ own: number[]; network: number }> => {
      const { parameters } = await trainer.checkpoint()
      const { offset, size } = classWeights
      return { own: [...parameters.subarray(offset, offset + size)], network: parameters[first.weights]! }
    }
    const steps = async (): Promise<Awaited<ReturnType<typeof weights>>> => {
      for (let i = 0; i < 3; i++) trainer.trainStep()
      return weights()
    }
    const start = await weights()
    const moving = await trainer.checkpoint()
    const moved = await steps()
    expect(moved.own).not.toEqual(start.own)
    const coasting = await trainer.checkpoint()
    trainer.update(experiment(fixed.id))
    const after = await steps()
    expect(after.own).toEqual(moved.own)
    expect(after.network).not.toBe(moved.network)
    // Going back to weights that moved does not make them coast again.
    for (const checkpoint of [coasting, moving]) {
      trainer.restore(checkpoint)
      const { own } = await weights()
      expect((await steps()).own).toEqual(own)
    }
    trainer.dispose()
  })
})
