/**
 * Trains every named loss in 2-D and 3-D with three seeds, and writes what came of it into public/table.json,
 * README and bench/RESULTS.md: npm run table [-- --shard i/n | --merge] [--presets a,b] [--dimensions 2,3]
 * [--seeds 1,2,3] [--jobs N] [--steps N] [--out DIR] [--into DIR]
 *
 * Each finished run is a file in --out. Runs whose file is there are not trained again.
 */
import { execFile } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { writeBlock } from '../bench/results'
import { main } from './arguments'
import { convergenceTable, mergeOutcomes, readmeTable } from './table-merge'
import { ROOT, readTableOptions, type TableOptions } from './table-options'
import { readOutcome, type Outcome } from './table-outcome'
import { fileOf, shardOf, type TableRun } from './table-plan'

const nameOf = ({ preset, dimension, seed }: TableRun): string => `${preset} ${dimension}-D seed ${seed}`

/** Trains what is not there yet, `jobs` at a time, each in a process of its own: one that dies loses one run. */
async function train(runs: readonly TableRun[], { out, steps, jobs }: TableOptions): Promise<void> {
  const waiting: TableRun[] = []
  for (const run of runs) if (!(await readOutcome(join(out, fileOf(run, steps))))) waiting.push(run)
  const total = waiting.length
  console.log(`${runs.length} runs, ${runs.length - total} of them there already`)
  const failures: string[] = []
  const work = async (): Promise<void> => {
    for (let run = waiting.shift(); run; run = waiting.shift()) {
      const file = join(out, fileOf(run, steps))
      const failure = await trainOne(run, file, steps)
      const outcome = await readOutcome(file)
      if (outcome) console.log(`${nameOf(run)}: ${(100 * outcome.testAccuracy).toFixed(2)} %`)
      else failures.push(`${nameOf(run)}: ${failure ?? 'it left no file'}`)
    }
  }
  await Promise.all(Array.from({ length: Math.min(jobs, total) }, work))
  if (failures.length > 0)
    throw new Error(`${failures.length} of ${total} runs failed: ${failures.join('; ')}`)
}

/** @returns why it failed, or null */
async function trainOne(run: TableRun, file: string, steps: number | null): Promise<string | null> {
  const { preset, dimension, seed } = run
  const flags = { preset, dimension, seed, file, ...(steps === null ? {} : { steps }) }
  const args = Object.entries(flags).flatMap(([flag, value]) => [`--${flag}`, String(value)])
  try {
    await promisify(execFile)(process.execPath, [join(ROOT, 'cli/run.mjs'), 'cli/table-run.ts', ...args])
    return null
  } catch (error) {
    const { stderr = '', signal } = error as { stderr?: string; signal?: string | null }
    if (signal) return `ended by ${signal}`
    return stderr.trim() === '' ? String(error) : stderr.trim()
  }
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
