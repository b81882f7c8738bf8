/**
 * Trains every named loss in 2-D and 3-D with three seeds, and writes what came of it into public/table.json,
 * README and bench/RESULTS.md: npm run table [-- --shard i/n | --merge] [--presets a,b] [--dimensions 2,3]
 * [--seeds 1,2,3] [--jobs N] [--steps N] [--out DIR] [--into DIR]
 *
 * Each finished run is a file in --out. Runs whose file is there are not trained again.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeBlock } from '../bench/results'
import { main } from './arguments'
import { trainMissing } from './jobs'
import { convergenceTable, mergeOutcomes, readmeTable } from './table-merge'
import { readTableOptions, type TableOptions } from './table-options'
import { readOutcome, type Outcome } from './table-outcome'
import { fileOf, shardOf, type TableRun } from './table-plan'

const nameOf = ({ preset, dimension, seed }: TableRun): string => `${preset} ${dimension}-D seed ${seed}`

function train(runs: readonly TableRun[], { out, steps, jobs }: TableOptions): Promise<void> {
  const fileFor = (run: TableRun): string => join(out, fileOf(run, steps))
  return trainMissing(
    runs,
    {
      script: 'cli/table-run.ts',
      nameOf,
      flagsOf: (run) => ({ ...run, file: fileFor(run), ...(steps === null ? {} : { steps }) }),
      resultOf: async (run) => {
        const outcome = await readOutcome(fileFor(run))
        return outcome && `${(100 * outcome.testAccuracy).toFixed(2)} %`
      },
    },
    jobs,
  )
}

async function merge({ runs, steps, out, into }: TableOptions): Promise<void> {
  const outcomes: Outcome[] = []
  const missing: TableRun[] = []
  for (const run of runs) {
    const outcome = await readOutcome(join(out, fileOf(run, steps)))
    if (outcome) outcomes.push(outcome)
    else missing.push(run)
  }
  if (missing.length > 0) {
    throw new Error(
      `${missing.length} of ${runs.length} runs are missing, first ${nameOf(missing[0]!)}: run their shards again`,
    )
  }
  const merged = mergeOutcomes(outcomes)
  for (const folder of ['public', 'bench']) mkdirSync(join(into, folder), { recursive: true })
  writeFileSync(join(into, 'public/table.json'), `${JSON.stringify(merged)}\n`)
  writeBlock(join(into, 'README.md'), 'table', readmeTable(merged))
  writeBlock(join(into, 'bench/RESULTS.md'), 'convergence', convergenceTable(merged))
  console.log(`public/table.json has ${merged.rows.length} rows`)
}

await main(async () => {
  const options = readTableOptions(process.argv.slice(2))
  const { runs, shard } = options
  if (!options.merge) await train(shard ? shardOf(runs, shard) : runs, options)
  if (!shard) await merge(options)
})
