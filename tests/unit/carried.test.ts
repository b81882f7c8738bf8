import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nodeAssets } from '../../cli/node-assets'
import { useBackend } from '../../src/engine/backends'
import { parseExperiment, type Experiment } from '../../src/engine/config'
import { startingStates } from '../../src/engine/initialize'
import { withPreset } from '../../src/engine/preset-experiment'
import { Trainer } from '../../src/engine/trainer'
import { decodeDataset, type ImageSet } from '../../src/io/dataset-file'
import { HEAD_LOSSES } from '../../src/losses/head-loss-registry'
import { MOST_STATES } from '../../src/losses/margin-function'
import { MARGINS } from '../../src/losses/margin-registry'
import { PRESETS } from '../../src/losses/preset-registry'
import { SAMPLE_LOSSES } from '../sample-losses'

let digits: ImageSet
let takeAway: (() => void)[] = []
beforeAll(async () => {
  takeAway = SAMPLE_LOSSES.map((loss) => HEAD_LOSSES.add(loss))
  await useBackend('cpu', nodeAssets)
  digits = await decodeDataset(await nodeAssets.data('mnist.bin'))
})

afterAll(() => takeAway.forEach((undo) => undo()))

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

  it('begins anew with another loss of the head, whose bias of all logits does too', async () => {
    const settings = unitFromTheStart(experiment('adaface'))
    const withLoss = (kind: string): Experiment => {
      const input = { ...settings, head: { ...settings.head, loss: { kind } } }
      return parseExperiment(JSON.parse(JSON.stringify(input)))
    }
    const trainer = new Trainer(withLoss('steady'), digits)
    const start = startsOf(trainer.experiment, trainer)
    expect(start).toHaveLength(MOST_STATES + 1)
    for (let step = 0; step < 3; step++) trainer.trainStep()
    expect(await states(trainer)).not.toEqual(start)
    for (const next of ['threshold', 'steady', 'one-vs-all']) {
      trainer.update(withLoss(next))
      expect(await states(trainer)).toEqual(startsOf(withLoss(next), trainer))
      trainer.trainStep()
    }
    trainer.dispose()
  })

  it('begins anew where a run goes back to weights that were of another head', async () => {
    const before = unitFromTheStart(experiment('adaface'))
    const trainer = new Trainer(before, digits)
    for (let step = 0; step < 3; step++) trainer.trainStep()
    const checkpoint = await trainer.checkpoint()
    const moved = await states(trainer)
    const after = { ...before, head: experiment('curricularface').head }
    trainer.update(after)
    trainer.restore(checkpoint)
    expect(await states(trainer)).toEqual(startsOf(after, trainer))
    const { offset, size } = trainer.layout.classWeights
    const { parameters } = await trainer.checkpoint()
    expect(parameters.slice(offset, offset + size)).toEqual(
      checkpoint.parameters.slice(offset, offset + size),
    )
    trainer.update(before)
    trainer.restore(checkpoint)
    expect(await states(trainer)).toEqual(moved)
    trainer.dispose()
  })

  it('what the loss of the head carries moves while a scale that follows from angles waits', async () => {
    const { head, ...settings } = experiment('adacos')
    const input = { ...settings, head: { ...head, loss: { kind: 'steady' } } }
    const trainer = new Trainer(parseExperiment(JSON.parse(JSON.stringify(input))), digits)
    const [scale, mean] = await states(trainer)
    for (let step = 0; step < 3; step++) trainer.trainStep()
    const after = await states(trainer)
    expect(after[0]).toBe(scale)
    expect(after[1]).not.toBe(mean)
    trainer.update(unitFromTheStart(trainer.experiment))
    trainer.trainStep()
    expect((await states(trainer))[0]).not.toBe(scale)
    trainer.dispose()
  })

  it('has room for so many numbers only, which is said', () => {
    const [steady] = SAMPLE_LOSSES.filter(({ state }) => state)
    const many = { ...steady!, id: 'many', state: Array.from({ length: 4 }, () => steady!.state![0]!) }
    const undo = HEAD_LOSSES.add(many)
    const head = { margin: { kind: 'none' }, loss: { kind: 'many' } }
    expect(parseExperiment({ head }).head.loss.kind).toBe('many')
    const both = { ...head, margin: { kind: 'adaptive-scale' } }
    expect(() => parseExperiment({ head: both })).toThrow(
      'head.loss: the margin "adaptive-scale" and the loss "many" carry 5 numbers together, and a head at most 4',
    )
    undo()
    // What is not known at all is said once.
    expect(() => parseExperiment({ head: { margin: { kind: 'wide' } } })).toThrow(
      /^head\.margin\.kind: [^:]*$/,
    )
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
