import { memory } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { nodeAssets } from '../../cli/node-assets'
import { useBackend } from '../../src/engine/backends'
import { parseExperiment } from '../../src/engine/config'
import { NETWORKS } from '../../src/engine/networks'
import { withPreset } from '../../src/engine/preset-experiment'
import { Trainer } from '../../src/engine/trainer'
import { decodeDataset, type ImageSet } from '../../src/io/dataset-file'

let digits: ImageSet
beforeAll(async () => {
  digits = await decodeDataset(await nodeAssets.data('mnist.bin'))
})

const small = (network: string, loss: string, more = {}) =>
  withPreset(parseExperiment({ network: { kind: network }, optimizer: { batchSize: 8 }, ...more }), loss)

async function losses(trainer: Trainer, steps: number): Promise<number[]> {
  for (let i = 0; i < steps; i++) trainer.trainStep()
  return [...(await trainer.read()).steps.losses]
}

describe.each(['cpu', 'wasm'] as const)('on %s', (backend) => {
  beforeAll(() => useBackend(backend, nodeAssets))

  it('a classifier that does not pull leaves features to the added terms, and learns to read them', async () => {
    const trained = async (loss: string): Promise<{ features: number[]; classWeights: number[] }> => {
      const settings = small('mlp', loss)
      const trainer = new Trainer({ ...settings, head: { ...settings.head, detach: true } }, digits)
      for (let step = 0; step < 3; step++) trainer.trainStep()
      const features = trainer.features(0, 16)
      const { weights, more } = await trainer.read(features)
      features.dispose()
      trainer.dispose()
      return { features: [...more[0]!], classWeights: [...weights] }
    }
    const fresh = new Trainer(small('mlp', 'softmax'), digits)
    const untrained = fresh.features(0, 16)
    const { weights, more } = await fresh.read(untrained)
    const alone = await trained('softmax')
    expect(alone.features).toEqual([...more[0]!])
    expect(alone.classWeights).not.toEqual([...weights])
    expect((await trained('softmax-triplet')).features).not.toEqual([...more[0]!])
    untrained.dispose()
    fresh.dispose()
  })

  it('the same seed gives the same losses, bit for bit, and another seed others', async () => {
    const run = async (seed: number): Promise<number[]> => {
      const trainer = new Trainer({ ...small('compact', 'arcface'), seed }, digits)
      const result = await losses(trainer, 6)
      trainer.dispose()
      return result
    }
    const first = await run(5)
    expect(first).toHaveLength(6)
    expect(await run(5)).toEqual(first)
    expect(await run(6)).not.toEqual(first)
  })

  it('a checkpoint goes on exactly as the run would have', async () => {
    const experiment = small('mlp', 'cosface')
    const trainer = new Trainer(experiment, digits)
    await losses(trainer, 5)
    const checkpoint = await trainer.checkpoint()
    const expected = await losses(trainer, 5)
    const other = new Trainer(experiment, digits)
    other.restore(checkpoint)
    expect(other.step).toBe(5)
    expect(await losses(other, 5)).toEqual(expected)
    trainer.dispose()
    other.dispose()
  })

  it('a change that keeps shapes acts at the next step without a new run', async () => {
    const trainer = new Trainer(small('mlp', 'softmax'), digits)
    const [before] = await losses(trainer, 1)
    const step = trainer.step
    const changed = small('mlp', 'arcface')
    expect(trainer.accepts(changed)).toBe(true)
    trainer.update({ ...changed, curriculum: parseExperiment({}).curriculum })
    expect(trainer.head).toMatchObject({ normalizeFeatures: true, bias: false })
    const [after] = await losses(trainer, 1)
    expect(trainer.step).toBe(step + 1)
    // With s = 20 and a margin the loss of an untrained network is far higher.
    expect(after! - before!).toBeGreaterThan(1)
    expect(trainer.accepts(small('compact', 'arcface'))).toBe(false)
    trainer.dispose()
  })
})

describe('on wasm', () => {
  beforeAll(() => useBackend('wasm', nodeAssets))

  it.each(['softmax', 'modified-softmax', 'a-softmax', 'arcface', 'cosface', 'normface'])(
    '%s learns',
    async (loss) => {
      const base = parseExperiment({ network: { kind: 'mlp', dimension: 3 }, epochs: 3 })
      const trainer = new Trainer(withPreset(base, loss), digits)
      while (trainer.progress < 1) trainer.trainStep()
      const { steps } = await trainer.read()
      const last = steps.accuracies.slice(-20).reduce((sum, a) => sum + a, 0) / 20
      expect(last).toBeGreaterThan(0.75)
      trainer.dispose()
    },
  )

  it('what the margin function carries is read along', async () => {
    const run = async (loss: string) => {
      const experiment = small('mlp', loss)
      const trainer = new Trainer({ ...experiment, curriculum: parseExperiment({}).curriculum }, digits)
      for (let i = 0; i < 5; i++) trainer.trainStep()
      const { carried } = await trainer.read()
      trainer.dispose()
      return carried
    }
    const adaptive = await run('adaptiveface')
    // Each class has left 0 by itself.
    expect(adaptive.classMargins).toHaveLength(10)
    expect(adaptive.classMargins).not.toContain(0)
    expect(new Set(adaptive.classMargins).size).toBeGreaterThan(1)
    expect(Math.max(...adaptive.rarity)).toBe(1)
    expect(Math.min(...adaptive.rarity)).toBeGreaterThan(0.5)
    // From 20 and 100 towards norms and deviations that are far smaller.
    const { states } = await run('adaface')
    expect(states[0]).toBeLessThan(20)
    expect(states[1]).toBeLessThan(0.95 ** 4 * 100)
  })

  it.each(NETWORKS.ids)('%s leaves no tensors behind, with any optimizer', (network) => {
    for (const kind of ['adam', 'sgd'] as const) {
      const experiment = parseExperiment({ network: { kind: network }, optimizer: { kind, batchSize: 2 } })
      const before = memory().numTensors
      const trainer = new Trainer(experiment, digits)
      trainer.trainStep()
      const { numTensors, numBytes } = memory()
      for (let i = 0; i < (network === 'lenet-plus-plus' ? 20 : 300); i++) trainer.trainStep()
      expect(memory()).toMatchObject({ numTensors, numBytes })
      trainer.dispose()
      expect(memory().numTensors).toBe(before)
    }
  })
})
