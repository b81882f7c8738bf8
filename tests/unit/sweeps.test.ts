import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runFile } from '../../cli/sweeps/run-file'
import { experimentSchema, parseExperiment } from '../../src/engine/config'
import { presetExperiment } from '../../src/engine/preset-experiment'

const SWEEP = { name: 'a sweep', version: 1 }

describe('the file of a run', () => {
  const experiment = presetExperiment('arcface', 2)
  const file = runFile(SWEEP, experiment, null)

  it('has another name for whatever changes its result', () => {
    const names = [
      file,
      runFile(SWEEP, experiment, 20),
      runFile(SWEEP, { ...experiment, seed: 2 }, null),
      runFile(SWEEP, { ...experiment, head: { ...experiment.head, scale: 21 } }, null),
      runFile(SWEEP, presetExperiment('arcface', 3), null),
      runFile(SWEEP, presetExperiment('softmax-triplet', 2), null),
      runFile({ ...SWEEP, version: 2 }, experiment, null),
      runFile({ ...SWEEP, name: 'another' }, experiment, null),
    ]
    expect(new Set(names).size).toBe(names.length)
    expect(file).toMatch(/^[0-9a-f]{16}\.json$/)
  })

  it('keeps its name whatever the order of the keys, and with what is so by default said or not', () => {
    const turned = (value: unknown): unknown =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(
            Object.entries(value)
              .reverse()
              .map(([key, own]) => [key, turned(own)]),
          )
        : value
    expect(runFile(SWEEP, turned(experiment) as typeof experiment, null)).toBe(file)
    const { subCenters, ...head } = experiment.head
    expect(subCenters).toBe(1)
    const short = parseExperiment({ head, curriculum: experiment.curriculum })
    expect(runFile(SWEEP, short, null)).toBe(file)
  })

  it('does not say what a setting is by default: who changes that raises TRAINING_VERSION, and then this test', () => {
    expect(experimentSchema.parse({})).toEqual({
      version: 1,
      seed: 1,
      data: { set: 'mnist', shifts: true, sampling: { kind: 'shuffle' } },
      network: { kind: 'compact', dimension: 2, featureActivation: 'none' },
      head: {
        bias: true,
        detach: false,
        normalizeWeights: false,
        normalizeFeatures: false,
        scale: 16,
        margin: { kind: 'none', parameters: {} },
        loss: { kind: 'softmax', parameters: {} },
        subCenters: 1,
        start: 'random',
      },
      terms: [],
      curriculum: { normalizeFeaturesAt: 0, margin: { start: 0, end: 0 }, scale: null },
      optimizer: {
        kind: 'adam',
        rate: { kind: 'one-cycle', value: 4e-3, warmUp: 0.3 },
        momentum: 0.9,
        weightDecay: 0,
        clip: 1,
        batchSize: 64,
      },
      epochs: 20,
    })
  })
})

function command(script: string, args: readonly string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['cli/run.mjs', `cli/${script}.ts`, ...args], (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, output: stdout + stderr })
    })
  })
}

it.each([
  ['labs', ['--rows', 'nothing'], '--rows: no row of these topics begins with "nothing"'],
  ['record', ['--only', 'fig-6,nothing'], '--only: there is no "nothing", only '],
])('%s %j is a mistake of use', async (script, args, said) => {
  const { code, output } = await command(script, args)
  expect(output).toContain(said)
  expect(output.trimEnd().split('\n')).toHaveLength(1)
  expect(code).toBe(2)
})

describe('a command that trains for a table', { timeout: 240_000 }, () => {
  it.each([
    ['table', '--presets softmax --dimensions 2 --seeds 1', 'softmax 2-D seed 1', 'Softmax'],
    ['verification', '--presets softmax-center', 'softmax-center seed 1', 'Softmax + center loss'],
    ['labs', '--topics triplets --rows batch-hard --seeds 1', 'batch-hard, seed 1', 'batch-hard'],
  ])('%s trains, goes on with what there is, and writes', async (script, flags, name, row) => {
    const folder = mkdtempSync(join(tmpdir(), 'lab-sweep-'))
    const out = join(folder, 'runs')
    const args = [...flags.split(' '), '--steps', '5', '--jobs', '1', '--out', out, '--into', folder]
    const first = await command(script, args)
    expect(first).toMatchObject({
      code: 0,
      output: expect.stringContaining('1 runs, 0 of them there already') as string,
    })
    expect(first.output).toContain(`${name}: `)
    const [file, ...more] = readdirSync(out)
    expect(more).toEqual([])
    const trained = statSync(join(out, file!)).mtimeMs
    const written = readFileSync(join(folder, 'bench/RESULTS.md'), 'utf8')
    expect(written.toLowerCase()).toContain(row.toLowerCase())

    const again = await command(script, args)
    expect(again).toMatchObject({
      code: 0,
      output: expect.stringContaining('1 runs, 1 of them there already') as string,
    })
    expect(statSync(join(out, file!)).mtimeMs).toBe(trained)
    expect(readFileSync(join(folder, 'bench/RESULTS.md'), 'utf8')).toBe(written)
  })
})
