import { beforeAll, describe, expect, it } from 'vitest'
import { nodeAssets } from '../../cli/node-assets'
import { useBackend } from '../../src/engine/backends'
import { parseExperiment, type Experiment } from '../../src/engine/config'
import { startingStates } from '../../src/engine/initialize'
import { withPreset } from '../../src/engine/preset-experiment'
import { Trainer } from '../../src/engine/trainer'
import { decodeDataset, type ImageSet } from '../../src/io/dataset-file'
import { MARGINS } from '../../src/losses/margin-registry'
import { PRESETS } from '../../src/losses/preset-registry'

let digits: ImageSet
beforeAll(async () => {
  await useBackend('cpu', nodeAssets)
  digits = await decodeDataset(await nodeAssets.data('mnist.bin'))
})

const experiment = (loss: string) =>
  withPreset(parseExperiment({ network: { kind: 'mlp' }, optimizer: { batchSize: 8 } }), loss)

const unitFromTheStart = (settings: Experiment): Experiment => ({
  ...settings,
  curriculum: { ...settings.curriculum, normalizeFeaturesAt: 0 },
})

/** What a trainer's head carries now. */
async function states(trainer: Trainer): Promise<number[]> {
  const { parameters } = await trainer.checkpoint()
  const { offset } = trainer.layout.states
  return [
    ...parameters.subarray(offset, offset + startingStates(trainer.experiment.head, trainer.layout).length),
  ]
}

/** What the head of an experiment begins with, in the precision that training has. */
const startsOf = ({ head }: Experiment, { layout }: Trainer): number[] => [
  ...Float32Array.from(startingStates(head, layout)),
]

const stateful = PRESETS.ids.filter((id) => MARGINS.get(experiment(id).head.margin.kind).state !== undefined)

describe('what is carried from step to step', () => {
  it.each(stateful)('moves with %s, and begins anew with another margin only', async (id) => {
    const trainer = new Trainer(unitFromTheStart(experiment(id)), digits)
    const start = startsOf(trainer.experiment, trainer)
    expect(await states(trainer)).toEqual(start)
    trainer.trainStep()
    const moved = await states(trainer)
    expect(moved).not.toEqual(start)
    const { head } = trainer.experiment
    trainer.update({ ...trainer.experiment, head: { ...head, scale: head.scale + 1 } })
    expect(await states(trainer)).toEqual(moved)
    const other = experiment(stateful.find((next) => next !== id)!)
    trainer.update({ ...trainer.experiment, head: other.head })
    expect(await states(trainer)).toEqual(startsOf(other, trainer))
    trainer.dispose()
  })

  it('a scale that follows from angles waits until features have unit length', async () => {
    const settings = experiment('adacos')
    const trainer = new Trainer(settings, digits)
    const start = await states(trainer)
    for (let step = 0; step < 3; step++) trainer.trainStep()
    expect(await states(trainer)).toEqual(start)
    trainer.update(unitFromTheStart(settings))
    trainer.trainStep()
    expect(await states(trainer)).not.toEqual(start)
    trainer.dispose()
  })

  it('the centres of center loss go to the features of their class', async () => {
    const trainer = new Trainer(experiment('softmax-center'), digits)
    const before = (await trainer.read()).termStates
    for (let i = 0; i < 40; i++) trainer.trainStep()
    const count = 200
    const features = trainer.features(0, count)
    const read = await trainer.read(features)
    features.dispose()
    const after = read.termStates
    const x = read.more[0]!
    expect(after).not.toEqual(before)
    // Nearer to its own class than to the others, for most samples: that is what a centre is.
    const d = trainer.experiment.network.dimension
    const distance = (i: number, j: number, centers: Float32Array): number =>
      Math.hypot(...Array.from({ length: d }, (_, k) => x[i * d + k]! - centers[j * d + k]!))
    const mean = (centers: Float32Array): number =>
      Array.from({ length: count }, (_, i) => distance(i, digits.labels[i]!, centers)).reduce(
        (a, b) => a + b,
      ) / count
    expect(mean(after)).toBeLessThan(0.9 * mean(before))
    trainer.dispose()
  })

  it('the centres stand still where nothing asks for them', async () => {
    const trainer = new Trainer(experiment('softmax'), digits)
    for (let i = 0; i < 3; i++) trainer.trainStep()
    const { parameters } = await trainer.checkpoint()
    const { offset, size } = trainer.layout.termStates.get('center')!
    expect(parameters.subarray(offset, offset + size).every((value) => value === 0)).toBe(true)
    trainer.dispose()
  })
})
