import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { UsageError } from '../../cli/arguments'
import { trainMissing } from '../../cli/jobs'
import { readOutcomeFile, writeOutcomeFile } from '../../cli/outcome-file'
import { verificationFileOf } from '../../cli/verification-file'
import { verificationOutcomeSchema, type VerificationOutcome } from '../../cli/verification-outcome'
import { readVerificationOptions, verificationFile, type VerificationRun } from '../../cli/verification-plan'
import { VERIFIED, verificationExperiment } from '../../cli/verification-settings'
import { verificationTable } from '../../cli/verification-table'
import { decodeVerification, VerificationFileError } from '../../src/io/verification-file'
import { KEPT_RATES } from '../../src/geometry/roc'
import { PRESETS } from '../../src/losses/preset-registry'

function outcome(preset: string, seed: number, more: Partial<VerificationOutcome> = {}): VerificationOutcome {
  return {
    preset,
    seed,
    steps: 1860,
    identities: 50,
    pairs: 12000,
    accuracy: 0.9,
    standardError: 0.005,
    equalErrorRate: 0.1,
    testAccuracy: 0.95,
    processorSeconds: 30,
    machine: 'a processor',
    rates: [
      { far: 0.01, tar: 0.8 },
      { far: 0.001, tar: 0.6 },
    ],
    curve: KEPT_RATES.map((far) => 0.4 + 0.6 * far),
    ...more,
  }
}

/** The cells of a table's row that begins with a name. */
function cellsOf(text: string, name: string): string[] {
  const row = text.split('\n').find((line) => line.startsWith(`| ${name} `))
  expect(row, `a row of ${name}`).toBeDefined()
  return row!.split('|').map((cell) => cell.trim())
}

describe('the plan of npm run verification', () => {
  it('has the losses of the paper’s table, CosFace and ArcFace, all on the same glyphs and network', () => {
    const { runs } = readVerificationOptions([])
    expect(runs.map(({ preset }) => preset)).toEqual([
      'softmax',
      'softmax-contrastive',
      'softmax-triplet',
      'softmax-center',
      'a-softmax',
      'cosface',
      'arcface',
    ])
    const [softmax, ...others] = runs.map(({ preset, seed }) => verificationExperiment(preset, seed))
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
    const { runs, steps, jobs } = readVerificationOptions(
      '--presets arcface,softmax,arcface --seeds 3,1,3 --steps 20 --jobs 2'.split(' '),
    )
    expect(runs.map(({ preset, seed }) => `${preset} ${seed}`)).toEqual([
      'arcface 3',
      'arcface 1',
      'softmax 3',
      'softmax 1',
    ])
    expect([steps, jobs]).toEqual([20, 2])
  })

  it('names the file of a run by all that changes its result', () => {
    const names = [
      verificationFile({ preset: 'softmax', seed: 1 }, null),
      verificationFile({ preset: 'softmax', seed: 2 }, null),
      verificationFile({ preset: 'arcface', seed: 1 }, null),
      verificationFile({ preset: 'softmax', seed: 1 }, 20),
    ]
    expect(new Set(names).size).toBe(names.length)
    expect(verificationFile({ preset: 'softmax', seed: 1 }, null)).toBe(names[0])
  })

  it.each([
    ['--presets softmax,nonsense', '--presets: the table has no loss "nonsense"'],
    ['--presets toString', '--presets: the table has no loss "toString"'],
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
  const fileFor = (run: VerificationRun): string => join(folder, verificationFile(run, null))
  const runs = ['softmax', 'arcface', 'cosface'].map((preset) => ({ preset, seed: 1 }))
  const [kept, damaged, missing] = runs as [VerificationRun, VerificationRun, VerificationRun]
  await writeOutcomeFile(fileFor(kept), outcome('softmax', 1))
  expect(await readOutcomeFile(fileFor(kept), verificationOutcomeSchema)).toEqual(outcome('softmax', 1))
  writeFileSync(fileFor(damaged), JSON.stringify(outcome('arcface', 1)).slice(0, 100))

  const tried: string[] = []
  const training = trainMissing(
    runs,
    {
      script: 'cli/there-is-none.ts',
      nameOf: ({ preset }) => preset,
      flagsOf: (run) => {
        tried.push(run.preset)
        return { preset: run.preset }
      },
      resultOf: async (run) => ((await readOutcomeFile(fileFor(run), verificationOutcomeSchema)) ? '' : null),
    },
    1,
  )
  await expect(training).rejects.toThrow(
    /^2 of 2 runs failed: arcface: [^]*there-is-none[^]*; cosface: [^]*there-is-none/,
  )
  expect(tried).toEqual([damaged.preset, missing.preset])
})

const textOf = (outcomes: readonly VerificationOutcome[]): string =>
  verificationTable(verificationFileOf(outcomes))

describe('the table of verification', () => {
  it('shows the numbers of a single seed as they are, beside the paper’s', () => {
    const text = textOf([
      outcome('softmax', 1),
      outcome('cosface', 1, { accuracy: 0.9732, equalErrorRate: 0.0281 }),
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
        outcome('arcface', k + 1, { accuracy, standardError: 0.001 * (k + 1) }),
      ),
    )
    expect(text).toContain('seeds 1, 2, 3: median [least–most]')
    expect(cellsOf(text, 'ArcFace')[2]).toBe('95.00 [91.00–96.00] ± 0.20')
  })

  it('says which of the paper’s losses is not quite ours', () => {
    const text = textOf([outcome('softmax-triplet', 1)])
    expect(cellsOf(text, 'Softmax + triplet loss').slice(7, 9)).toEqual([
      '98.70 (triplet alone)',
      '93.4 (triplet alone)',
    ])
  })
})

describe('the file of verification that the page shows', () => {
  const outcomes = [0.95, 0.91, 0.96].map((accuracy, k) =>
    outcome('softmax', k + 1, { accuracy, curve: KEPT_RATES.map((_, at) => (at / 40) * (0.5 + 0.1 * k)) }),
  )
  const file = verificationFileOf([...outcomes, outcome('arcface', 1)])

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
