import { createElement } from 'react'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nodeAssets } from '../../cli/node-assets'
import { LossSection } from '../../src/controls/LossSection'
import { TermsSection } from '../../src/controls/TermsSection'
import { useBackend } from '../../src/engine/backends'
import { DATASETS } from '../../src/datasets/registry'
import { parseExperiment, type Experiment } from '../../src/engine/config'
import { NETWORKS } from '../../src/engine/networks'
import { Trainer } from '../../src/engine/trainer'
import { multiply, subtract } from '../../src/geometry/expression'
import { decodeDataset, type ImageSet } from '../../src/io/dataset-file'
import { HEAD_LOSSES } from '../../src/losses/head-loss-registry'
import type { MarginFunction } from '../../src/losses/margin-function'
import { MARGINS } from '../../src/losses/margin-registry'
import { TERMS } from '../../src/losses/term-registry'
import { createSession } from '../../src/session/session'
import { SAMPLE_TERMS } from '../sample-terms'
import { SAMPLE_LOSSES } from '../sample-losses'
import { FakeEnvironment } from './fake-environment'
import { rendered } from './rendered'

// Terms of every form, a margin function and losses of heads that are declared here alone are configured, trained and
// shown as those of the project are.

/** ψ(θ) = cos θ − m cos θ, as nothing in the project has it. */
const shrunken: MarginFunction = {
  id: 'test-shrunken',
  name: 'shrunken cosine',
  parameters: [
    {
      id: 'part',
      symbol: 'q',
      label: 'part that is taken away',
      unit: '',
      min: 0,
      max: 0.9,
      step: 0.01,
      default: 0.3,
      neutral: 0,
      help: 'None.',
    },
  ],
  psi: subtract('cosTheta', multiply('part', 'cosTheta')),
  equation: String.raw`(1-\p{part})\cos\theta`,
  source: { text: 'a test', year: 2026 },
}

const HEAD = { bias: false, normalizeWeights: true, normalizeFeatures: true } as const
const INPUTS: readonly Parameters<typeof configured>[0][] = [
  ...SAMPLE_TERMS.map(({ id }) => ({ terms: [{ kind: id }] })),
  { head: { ...HEAD, margin: { kind: shrunken.id } } },
  ...SAMPLE_LOSSES.map(({ id }) => ({ head: { ...HEAD, loss: { kind: id } } })),
  // All that goes together.
  {
    head: { ...HEAD, margin: { kind: shrunken.id }, loss: { kind: SAMPLE_LOSSES[0]!.id } },
    terms: SAMPLE_TERMS.map(({ id }) => ({ kind: id })),
  },
]

/** What is given, with everything else small. */
function configured(input: {
  readonly head?: object
  readonly terms?: readonly { readonly kind: string }[]
}) {
  return parseExperiment({ network: { kind: 'mlp' }, optimizer: { batchSize: 16 }, ...input })
}

const nameOf = (input: (typeof INPUTS)[number]): string => JSON.stringify(input).replaceAll(/["{}[\]]/g, '')

let digits: ImageSet
let takeAway: (() => void)[] = []
beforeAll(async () => {
  digits = await decodeDataset(await nodeAssets.data('mnist.bin'))
  await useBackend('cpu', nodeAssets)
  takeAway = [
    MARGINS.add(shrunken),
    ...SAMPLE_TERMS.map((term) => TERMS.add(term)),
    ...SAMPLE_LOSSES.map((loss) => HEAD_LOSSES.add(loss)),
  ]
})
afterAll(() => {
  takeAway.forEach((undo) => undo())
  // What is gone can't be configured any more.
  expect(() => configured({ terms: [{ kind: SAMPLE_TERMS[0]!.id }] })).toThrow(
    'terms.0.kind: there is no term',
  )
})

/** A session in which this is trained. */
function sessionOf(experiment: Experiment) {
  const session = createSession(new FakeEnvironment())
  session.settings.setExperiment(experiment)
  return session
}

describe.each(INPUTS.map((input) => [nameOf(input), input] as const))('%s', (_, input) => {
  it('trains', async () => {
    const experiment = configured(input)
    const trainer = new Trainer(experiment, digits)
    const start = (await trainer.checkpoint()).parameters
    for (let step = 0; step < 4; step++) trainer.trainStep()
    const { steps } = await trainer.read()
    const { parameters } = await trainer.checkpoint()
    const { layout } = trainer
    trainer.dispose()
    expect(steps.losses).toHaveLength(4)
    expect([...steps.losses, ...parameters].every(Number.isFinite)).toBe(true)
    const moved = ({ offset, size }: { offset: number; size: number }): boolean =>
      start.subarray(offset, offset + size).some((value, i) => value !== parameters[offset + i])
    const network = layout.segments.filter(({ name }) => name.startsWith('dense'))
    expect(network.map((segment) => [segment.name, moved(segment)])).toEqual(
      network.map(({ name }) => [name, true]),
    )
    for (const { kind } of experiment.terms) {
      const state = layout.termStates.get(kind)
      if (state) expect([kind, moved(state)]).toEqual([kind, true])
    }
  })

  it('stands in the controls, with its parameters', () => {
    const experiment = configured(input)
    const { head, terms } = experiment
    const html = [LossSection, TermsSection]
      .map((section) => rendered(sessionOf(experiment), createElement(section)))
      .join(' ')
    const margin = MARGINS.get(head.margin.kind)
    const specs = [margin, HEAD_LOSSES.get(head.loss.kind), ...terms.map(({ kind }) => TERMS.get(kind))]
    for (const { name, parameters } of specs) {
      expect(html).toContain(name)
      for (const { label } of parameters) if (label) expect(html).toContain(label)
    }
  })
})

it('what is wrong with their fields is said as of all others', () => {
  const [crowd] = SAMPLE_TERMS
  expect(() =>
    configured({ terms: [{ kind: crowd!.id, parameters: { t: 11 } } as { kind: string }] }),
  ).toThrow('terms.0.parameters.t: Too big: expected number to be <=10')
  expect(() => configured({ head: { margin: { kind: shrunken.id, parameters: { m: 1 } } } })).toThrow(
    'head.margin.parameters: Unrecognized key: "m"',
  )
})

it('a network and a data set are looked up by their ids, too', () => {
  const named = () => parseExperiment({ network: { kind: 'test-net' }, data: { set: 'test-set' } })
  expect(named).toThrow('network.kind: there is no network "test-net"; there are')
  expect(named).toThrow('data.set: there is no data set "test-set"; there are')
  const undo = [
    NETWORKS.add({ ...NETWORKS.get('mlp'), id: 'test-net' }),
    DATASETS.add({ ...DATASETS.get('mnist'), id: 'test-set' }),
  ]
  expect(named()).toMatchObject({ network: { kind: 'test-net' }, data: { set: 'test-set' } })
  undo.forEach((takeBack) => takeBack())
  expect(named).toThrow('there is no network')
})
