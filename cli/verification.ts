/**
 * Table 1 of the paper on glyphs: trains losses on 166 characters and verifies 50 others, and writes what came of it
 * into bench/RESULTS.md and
 * public/verification.json: npm run verification [-- --presets a,b] [--seeds 1,2] [--steps N] [--jobs N] [--out DIR]
 * [--into DIR]
 *
 * Each finished run is a file in --out. Runs whose file is there are not trained again.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeBlock } from '../bench/results'
import { main } from './arguments'
import { trainMissing } from './jobs'
import { readOutcomeFile } from './outcome-file'
import { verificationFileOf } from './verification-file'
import { verificationOutcomeSchema, type VerificationOutcome } from './verification-outcome'
import { readVerificationOptions, verificationFile, type VerificationRun } from './verification-plan'
import { verificationTable } from './verification-table'

await main(async () => {
  const { runs, steps, jobs, out, into } = readVerificationOptions(process.argv.slice(2))
  const fileFor = (run: VerificationRun): string => join(out, verificationFile(run, steps))
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
  const file = verificationFileOf(outcomes)
  for (const folder of ['bench', 'public']) mkdirSync(join(into, folder), { recursive: true })
  writeBlock(join(into, 'bench/RESULTS.md'), 'verification', verificationTable(file))
  writeFileSync(join(into, 'public/verification.json'), `${JSON.stringify(file)}\n`)
})
