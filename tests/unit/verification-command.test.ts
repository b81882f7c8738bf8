import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { UsageError } from '../../cli/arguments'
import { trainMissing } from '../../cli/sweeps/jobs'
import { readOptions } from '../../cli/sweeps/options'
import { readOutcome, writeOutcome, type Outcome } from '../../cli/sweeps/outcome'
import { runFile } from '../../cli/sweeps/run-file'
import type { Finished } from '../../cli/sweeps/sweep'
import { verificationFileOf } from '../../cli/verification/file'
import { VERIFIED, verificationExperiment } from '../../cli/verification/settings'
import {
  verificationSweep,
  type VerificationMeasures,
  type VerificationRun,
} from '../../cli/verification/sweep'
import { verificationTable } from '../../cli/verification/table'
import { decodeVerification, VerificationFileError } from '../../src/io/verification-file'
import { KEPT_RATES } from '../../src/geometry/roc'
import { PRESETS } from '../../src/losses/preset-registry'

const readVerificationOptions = (args: string[]) => readOptions(verificationSweep, args, '.')

function outcome(measures: Partial<VerificationMeasures> = {}): Outcome<VerificationMeasures> {
  return {
    run: 'a run',
    steps: 1860,
    processorSeconds: 30,
    machine: 'a processor',
    measures: {
      identities: 50,
      pairs: 12000,
      accuracy: 0.9,
      standardError: 0.005,
      equalErrorRate: 0.1,
      testAccuracy: 0.95,
      rates: [
        { far: 0.01, tar: 0.8 },
        { far: 0.001, tar: 0.6 },
      ],
      curve: KEPT_RATES.map((far) => 0.4 + 0.6 * far),
      ...measures,
    },
  }
}

function runOf(preset: string, seed: number): VerificationRun {
  return { preset, name: `${preset} seed ${seed}`, experiment: verificationExperiment(preset, seed) }
}

function finished(
  preset: string,
  seed: number,
  measures?: Partial<VerificationMeasures>,
): Finished<VerificationRun, VerificationMeasures> {
  return { run: runOf(preset, seed), outcome: outcome(measures) }
}

/** The cells of a table's row that begins with a name. */
function cellsOf(text: string, name: string): string[] {
  const row = text.split('\n').find((line) => line.startsWith(`| ${name} `))
  expect(row, `a row of ${name}`).toBeDefined()
  return row!.split('|').map((cell) => cell.trim())
}

describe('the plan of npm run verification', () => {
  it('has the losses of the paper’s table, CosFace and ArcFace, all on the same glyphs and network', () => {
    const { train: runs } = readVerificationOptions([])
    expect(runs.map(({ preset }) => preset)).toEqual([
      'softmax',
      'softmax-contrastive',
      'softmax-triplet',
      'softmax-center',
      'a-softmax',
      'cosface',
      'arcface',
    ])
    const [softmax, ...others] = runs.map(({ experiment }) => experiment)
    expect(softmax).toMatchObject({ data: { set: 'glyphs' }, network: { dimension: 64 }, seed: 1 })
    for (const { data, network, epochs, seed } of others) {
      expect({ set: data.set, network, epochs, seed }).toEqual({
        set: 'glyphs',
        network: softmax!.network,
        epochs: softmax!.epochs,
        seed: 1,
      })
    }
    for (const preset of Object.keys(VERIFIED)) expect(PRESETS.has(preset), preset).toBe(true)
    expect(() => verificationExperiment('nonsense', 1)).toThrow('nonsense')
  })

  it('has each loss with each seed once, whatever is said twice', () => {
    const {
      train: runs,
      steps,
      jobs,
    } = readVerificationOptions(
      '--presets arcface,softmax,arcface --seeds 3,1,3 --steps 20 --jobs 2'.split(' '),
    )
    expect(runs.map(({ name }) => name)).toEqual([
      'arcface seed 3',
      'arcface seed 1',
      'softmax seed 3',
      'softmax seed 1',
    ])
    expect([steps, jobs]).toEqual([20, 2])
  })

  it.each([
    ['--presets softmax,nonsense', '--presets: there is no "nonsense"'],
    ['--presets toString', '--presets: there is no "toString"'],
    ['--seeds 1,x', '--seeds: "x"'],
    ['--steps 0', '--steps: "0"'],
    ['--jobs 0', '--jobs: "0"'],
    ['--colour', '--colour'],
  ])('%s is a mistake of use', (line, text) => {
    expect(() => readVerificationOptions(line.split(' '))).toThrow(UsageError)
    expect(() => readVerificationOptions(line.split(' '))).toThrow(text)
  })
})

it('trains only what has left no file, or one that is of no use, and says what failed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lab-verification-'))
  const fileOf = (run: VerificationRun): string => runFile(verificationSweep, run.experiment, null)
  const read = (run: VerificationRun) => readOutcome(join(folder, fileOf(run)), verificationSweep.measures)
  const runs = ['softmax', 'arcface', 'cosface'].map((preset) => runOf(preset, 1))
  const [kept, damaged, missing] = runs as [VerificationRun, VerificationRun, VerificationRun]
  await writeOutcome(join(folder, fileOf(kept)), outcome())
  expect(await read(kept)).toEqual(outcome())
  writeFileSync(join(folder, fileOf(damaged)), JSON.stringify(outcome()).slice(0, 100))

  const tried: string[] = []
  const training = trainMissing(
    // What is asked for twice is trained once.
    [...runs, missing],
    {
      fileOf,
      argumentsOf: (run) => {
        tried.push(run.preset)
        return ['there-is-none.mjs']
      },
      resultOf: async (run) => ((await read(run)) ? '' : null),
    },
    1,
  )
  await expect(training).rejects.toThrow(
    /^2 of 2 runs failed: arcface seed 1: [^]*there-is-none[^]*; cosface seed 1: [^]*there-is-none/,
  )
  expect(tried).toEqual([damaged.preset, missing.preset])
})

const textOf = (runs: readonly Finished<VerificationRun, VerificationMeasures>[]): string =>
  verificationTable(verificationFileOf(runs))

describe('the table of verification', () => {
  it('shows the numbers of a single seed as they are, beside the paper’s', () => {
    const text = textOf([
      finished('softmax', 1),
      finished('cosface', 1, { accuracy: 0.9732, equalErrorRate: 0.0281 }),
    ])
    expect(text).toContain('1860 steps, seed 1, wasm on a processor')
    expect(cellsOf(text, 'Softmax').slice(2, 9)).toEqual([
      '90.00 ± 0.50',
      '10.00',
      '80.00',
      '60.00',
      '95.00',
      '97.88',
      '93.1',
    ])
    // The paper does not have it.
    expect(cellsOf(text, 'CosFace').slice(2, 9)).toEqual([
      '97.32 ± 0.50',
      '2.81',
      '80.00',
      '60.00',
      '95.00',
      '',
      '',
    ])
    expect(text).toContain('TAR at FAR 0.001')
  })

  it('shows the median and range of several', () => {
    const accuracies = [0.95, 0.91, 0.96]
    const text = textOf(
      accuracies.map((accuracy, k) =>
        finished('arcface', k + 1, { accuracy, standardError: 0.001 * (k + 1) }),
      ),
    )
    expect(text).toContain('seeds 1, 2, 3: median [least–most]')
    expect(cellsOf(text, 'ArcFace')[2]).toBe('95.00 [91.00–96.00] ± 0.20')
  })

  it('says which of the paper’s losses is not quite ours', () => {
    const text = textOf([finished('softmax-triplet', 1)])
    expect(cellsOf(text, 'Softmax + triplet loss').slice(7, 9)).toEqual([
      '98.70 (triplet alone)',
      '93.4 (triplet alone)',
    ])
  })
})

describe('the file of verification that the page shows', () => {
  const runs = [0.95, 0.91, 0.96].map((accuracy, k) =>
    finished('softmax', k + 1, { accuracy, curve: KEPT_RATES.map((_, at) => (at / 40) * (0.5 + 0.1 * k)) }),
  )
  const file = verificationFileOf([...runs, finished('arcface', 1)])

  it('has medians and ranges of several seeds, and the paper’s numbers where it has the loss', () => {
    const [softmax, arcface] = file.rows
    expect(softmax!.accuracy).toEqual({ median: 0.95, least: 0.91, most: 0.96 })
    expect(softmax!.curve.at(-1)).toBe(0.6)
    expect(softmax!.paper).toEqual({ lfw: 97.88, ytf: 93.1 })
    expect(arcface!.paper).toBeNull()
    expect(file.seeds).toEqual([1, 2, 3])
    expect(decodeVerification(JSON.stringify(file))).toEqual(file)
  })

  const [row] = file.rows
  it.each([
    ['not JSON', 'nonsense', 'not JSON'],
    ['another version', JSON.stringify({ ...file, version: 2 }), 'version'],
    ['half a file', JSON.stringify(file).slice(0, 200), 'not JSON'],
    ['a curve too short', JSON.stringify({ ...file, rows: [{ ...row, curve: [0.1] }] }), 'rows.0.curve'],
    [
      'a rate above 1',
      JSON.stringify({ ...file, rows: [{ ...row, standardError: 3 }] }),
      'rows.0.standardError',
    ],
    ['no rows', JSON.stringify({ ...file, rows: [] }), 'rows'],
  ])('with %s is refused', (_, text, message) => {
    expect(() => decodeVerification(text)).toThrow(VerificationFileError)
    expect(() => decodeVerification(text)).toThrow(message)
  })
})
