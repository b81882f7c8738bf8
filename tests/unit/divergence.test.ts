import { beforeAll, describe, expect, it } from 'vitest'
import { nodeAssets } from '../../cli/node-assets'
import { useBackend } from '../../src/engine/backends'
import { parseExperiment } from '../../src/engine/config'
import { diagnoseDivergence, type Change } from '../../src/engine/diagnose'
import { activeHead } from '../../src/engine/schedule'
import { trainSteps } from '../../src/engine/train-steps'
import { Trainer } from '../../src/engine/trainer'
import { decodeDataset, type ImageSet } from '../../src/io/dataset-file'

let digits: ImageSet
beforeAll(async () => {
  digits = await decodeDataset(await nodeAssets.data('mnist.bin'))
})

const experiment = (text: string, more: object = {}) =>
  parseExperiment({
    network: { kind: 'mlp' },
    head: {
      normalizeWeights: true,
      normalizeFeatures: true,
      margin: { kind: 'custom', text, parameters: { m: 0.3, k: 2 } },
    },
    optimizer: { batchSize: 16 },
    ...more,
  })

const cause = (text: string, changes: Change[] = []): string => {
  const run = experiment(text)
  return diagnoseDivergence(run, activeHead(run, 0.5, 100), 100, changes)
}

describe.each(['cpu', 'wasm'] as const)('training on %s', (backend) => {
  beforeAll(() => useBackend(backend, nodeAssets))

  it.each([
    ['log(theta-9)', 'at 0–180° it or its slope is not a finite number'],
    ['1e38*cos(theta)', 'at 0–180° it is so large or so steep'],
    ['cos(theta)-m/0', 'at 0–180° it or its slope is not a finite number'],
    ['-1e30*theta', 'at 0–180° it is so large or so steep'],
    ['cos(theta) - exp(exp(exp(3*theta)))', 'it or its slope is not a finite number'],
  ])('with ψ = %s diverges, and the formula is named', async (text, what) => {
    // With and without clipping: neither may make a standstill of it.
    for (const optimizer of [{ kind: 'adam' }, { kind: 'adam', clip: null }, { kind: 'sgd' }]) {
      const trainer = new Trainer(experiment(text, { optimizer: { batchSize: 16, ...optimizer } }), digits)
      try {
        const train = async (): Promise<void> => {
          for await (const loss of trainSteps(trainer, 20)) expect(loss).toBeDefined()
        }
        const error = await train().then(
          () => null,
          (reason: unknown) => reason as Error,
        )
        expect(error?.name, JSON.stringify(optimizer)).toBe('DivergedError')
        expect(error!.message).toContain(`ψ(θ) = ${text}`)
        expect(error!.message).toContain(what)
        expect(error!.message).not.toContain('rate')
      } finally {
        trainer.dispose()
      }
    }
  })

  it('with a steep ψ whose gradients are finite goes on', async () => {
    const trainer = new Trainer(experiment('-1e12*theta'), digits)
    for await (const loss of trainSteps(trainer, 20)) expect(Number.isFinite(loss)).toBe(true)
    trainer.dispose()
  })
})

describe('the cause of a divergence', () => {
  const change = { step: 90, text: 'rate 0.004 → 10' }

  it('is a formula that is not finite over a range of angles, whatever was changed before', () => {
    expect(cause('log(theta-1)*k', [change])).toBe(
      'The likely cause is ψ(θ) = log(theta-1)*k with k = 2: at 0–57° it or its slope is not a finite number. ' +
        'Choose one that is finite, and not steep, at all angles from 0 to 180°.',
    )
  })

  it('is a change rather than a formula that is not finite at a single angle, and this rather than the rate', () => {
    expect(cause('-sqrt(theta)', [change])).toContain('rate 0.004 → 10')
    expect(cause('-sqrt(theta)')).toContain('ψ(θ) = -sqrt(theta): at 0° it')
  })

  it('is the rate where the formula is right', () => {
    expect(cause('cos(theta) - m')).toContain('learning rate')
  })
})
