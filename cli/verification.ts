/**
 * Table 1 of the paper on glyphs: trains losses on 166 characters and verifies 50 others, and writes what came of it
 * into bench/RESULTS.md: npm run verification [-- --presets a,b] [--seeds 1,2] [--steps N] [--jobs N] [--out DIR]
 * [--into DIR]
 *
 * Each finished run is a file in --out. Runs whose file is there are not trained again.
 */
import { mkdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { writeBlock } from '../bench/results'
import { main, readFlags, UsageError, wholeNumber } from './arguments'
import { trainMissing } from './jobs'
import { readOutcomeFile } from './outcome-file'
import { hashOf } from './table-plan'
import { verificationOutcomeSchema, type VerificationOutcome } from './verification-outcome'
import { VERIFIED, verificationExperiment } from './verification-settings'
import { verificationTable } from './verification-table'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

interface VerificationRun {
  readonly preset: string
  readonly seed: number
}

function readOptions(args: string[]) {
  const text = { type: 'string' } as const
  const flags = readFlags(
    { presets: text, seeds: text, steps: text, jobs: text, out: text, into: text },
    args,
  )
  const presets = [...new Set(flags.presets?.split(',') ?? Object.keys(VERIFIED))]
  const unknown = presets.find((preset) => !Object.hasOwn(VERIFIED, preset))
  if (unknown !== undefined) {
    throw new UsageError(
      `--presets: the table has no loss "${unknown}", only ${Object.keys(VERIFIED).join(', ')}`,
    )
  }
  const seeds = [...new Set((flags.seeds ?? '1').split(',').map((seed) => wholeNumber('seeds', seed, 0)))]
  return {
    runs: presets.flatMap((preset) => seeds.map((seed): VerificationRun => ({ preset, seed }))),
    steps: flags.steps === undefined ? null : wholeNumber('steps', flags.steps, 1),
    jobs: flags.jobs === undefined ? availableParallelism() : wholeNumber('jobs', flags.jobs, 1),
    out: resolve(flags.out ?? join(ROOT, 'bench/.cache/verification')),
    into: resolve(flags.into ?? ROOT),
  }
}

await main(async () => {
  const { runs, steps, jobs, out, into } = readOptions(process.argv.slice(2))
  const fileFor = ({ preset, seed }: VerificationRun): string =>
    join(out, `${preset}-seed-${seed}-${hashOf(verificationExperiment(preset, seed), steps)}.json`)
  const outcomeOf = (run: VerificationRun): Promise<VerificationOutcome | null> =>
    readOutcomeFile(fileFor(run), verificationOutcomeSchema)
  await trainMissing(
    runs,
    {
      script: 'cli/verification-run.ts',
      nameOf: ({ preset, seed }) => `${preset} seed ${seed}`,
      flagsOf: (run) => ({ ...run, file: fileFor(run), ...(steps === null ? {} : { steps }) }),
      resultOf: async (run) => {
        const outcome = await outcomeOf(run)
        return outcome && `${(100 * outcome.accuracy).toFixed(2)} %`
      },
    },
    jobs,
  )
  const outcomes = (await Promise.all(runs.map(outcomeOf))).filter((outcome) => outcome !== null)
  mkdirSync(join(into, 'bench'), { recursive: true })
  writeBlock(join(into, 'bench/RESULTS.md'), 'verification', verificationTable(outcomes))
})
