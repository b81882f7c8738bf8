import { beforeAll, describe, expect, it } from 'vitest'
import { nodeAssets } from '../../cli/node-assets'
import { equationOf } from '../../src/controls/equation'
import { useBackend } from '../../src/engine/backends'
import { ConfigError, parseExperiment, type Experiment } from '../../src/engine/config'
import { withPreset } from '../../src/engine/preset-experiment'
import { activeHead } from '../../src/engine/schedule'
import { Trainer } from '../../src/engine/trainer'
import { decodeDataset, type ImageSet } from '../../src/io/dataset-file'
import { identifyHead } from '../../src/losses/identify'
import { MarginTable } from '../../src/losses/margin-table'
import { describeChange } from '../../src/session/describe-change'

let digits: ImageSet
beforeAll(async () => {
  digits = await decodeDataset(await nodeAssets.data('mnist.bin'))
})

const cosface = withPreset(
  parseExperiment({ network: { kind: 'mlp' }, optimizer: { batchSize: 8 } }),
  'cosface',
)
const custom = (text: string, parameters: Record<string, number> = {}): Experiment =>
  parseExperiment({ ...cosface, head: { ...cosface.head, margin: { kind: 'custom', text, parameters } } })

async function losses(experiment: Experiment, steps: number): Promise<number[]> {
  const trainer = new Trainer({ ...experiment, curriculum: parseExperiment({}).curriculum }, digits)
  for (let i = 0; i < steps; i++) trainer.trainStep()
  const { losses } = (await trainer.read()).steps
  trainer.dispose()
  return [...losses]
}

describe.each(['cpu', 'wasm'] as const)('a margin that is written, on %s', (backend) => {
  beforeAll(() => useBackend(backend, nodeAssets))

  it('trains bit for bit as the same one that is built in', async () => {
    const builtIn = await losses(cosface, 6)
    expect(await losses(custom('cos(theta)-m', { m: 0.15 }), 6)).toEqual(builtIn)
    expect(await losses(custom('cosTheta - m', { m: 0.15 }), 6)).toEqual(builtIn)
    expect(await losses(custom('cos(theta)-m', { m: 0.3 }), 6)).not.toEqual(builtIn)
    expect(await losses(custom('cos(1.35*theta)'), 6)).not.toEqual(builtIn)
  })
})

describe('a margin that is written', () => {
  const table = (text: string, progress: number, parameters: Record<string, number> = {}): MarginTable => {
    const experiment = custom(text, parameters)
    const curriculum = { ...experiment.curriculum, margin: { start: 0, end: 1 } }
    const result = new MarginTable()
    result.update(activeHead({ ...experiment, curriculum }, progress, 0))
    return result
  }

  it('grows with m where it is a cosine without', () => {
    expect(table('cos(theta + m)', 0, { m: 0.4 }).active).toBe(false)
    expect(table('cos(theta + m)', 0.5, { m: 0.4 }).psi(1)).toBeCloseTo(Math.cos(1.2), 5)
    expect(table('cos(theta + m)', 1, { m: 0.4 }).psi(1)).toBeCloseTo(Math.cos(1.4), 5)
  })

  it('else grows out of the cosine as a whole', () => {
    expect(table('cos(m*theta)', 0, { m: 2 }).active).toBe(false)
    expect(table('cos(m*theta)', 0.5, { m: 2 }).psi(1)).toBeCloseTo((Math.cos(1) + Math.cos(2)) / 2, 5)
    expect(table('cos(m*theta)', 1, { m: 2 }).psi(1)).toBeCloseTo(Math.cos(2), 5)
    expect(table('cos(1.35*theta)', 0.5).psi(1)).toBeCloseTo((Math.cos(1) + Math.cos(1.35)) / 2, 5)
  })

  it('knows s, as it acts now', () => {
    expect(table('cos(theta) - m/s', 1, { m: 2 }).psi(1)).toBeCloseTo(Math.cos(1) - 2 / cosface.head.scale, 5)
  })

  it('that is wrong is an error that names the field and the place', () => {
    expect(() => custom('cos(theta)-q')).toThrow(ConfigError)
    expect(() => custom('cos(theta)-q')).toThrow('head.margin.text: at character 12: "q" is not known')
    expect(() => custom('1'.repeat(201))).toThrow('head.margin.text: at character 201')
    const other = { kind: 'none', text: 'cos(theta)' }
    expect(() => parseExperiment({ head: { margin: other } })).toThrow(
      'head.margin.text: the margin "none" takes no text',
    )
  })

  it('has its own equation, name and place on the timeline', () => {
    const experiment = custom('cos(k*theta)-m', { m: 0.2, k: 1.5 })
    const { symbols } = activeHead(experiment, 1, 0)
    const { target } = equationOf(experiment.head, symbols)
    expect(target.symbols).toContain(String.raw`\cos\left(`)
    expect(target.numbers).toContain('{1.50}')
    expect(identifyHead(experiment.head).differences).not.toEqual([])
    expect(describeChange(custom('cos(theta)-m'), custom('cos(2*theta)'))).toBe(
      'ψ cos(theta)-m → cos(2*theta)',
    )
  })
})
