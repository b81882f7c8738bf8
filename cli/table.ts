/**
 * Trains every named loss in 2-D and 3-D with three seeds, and writes what came of it into public/table.json,
 * README and bench/RESULTS.md: npm run table [-- --shard i/n | --merge] [--presets a,b] [--dimensions 2,3]
 * [--seeds 1,2,3] [--jobs N] [--steps N] [--out DIR] [--into DIR]
 *
 * Each finished run is a file in --out. Runs whose file is there are not trained again.
 */
import { execFile } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { writeBlock } from '../bench/results'
import { PRESETS } from '../src/losses/presets'
import { main, readFlags, UsageError, wholeNumber } from './arguments'
import { convergenceTable, mergeOutcomes, readmeTable } from './table-merge'
import { readOutcome, type Outcome } from './table-outcome'
import { fileOf, parseShard, planRuns, shardOf, type Shard, type TableRun } from './table-plan'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

interface Options {
  readonly runs: readonly TableRun[]
  readonly shard: Shard | null
  readonly merge: boolean
  readonly steps: number | null
  readonly jobs: number
  /** Where the files of the runs are. */
  readonly out: string
  /** The folder whose public/table.json, README.md and bench/RESULTS.md are written. */
  readonly into: string
}

function readOptions(): Options {
  const flags = readFlags({
    shard: { type: 'string' },
    merge: { type: 'boolean' },
    presets: { type: 'string' },
    dimensions: { type: 'string' },
    seeds: { type: 'string' },
    jobs: { type: 'string' },
    steps: { type: 'string' },
    out: { type: 'string' },
    into: { type: 'string' },
  })
  const { shard, merge = false, steps, jobs } = flags
  if (merge && shard !== undefined)
    throw new UsageError('--shard: a shard only trains; --merge comes after all')
  const numbers = (flag: 'dimensions' | 'seeds', usual: string, least: number): number[] => [
    ...new Set((flags[flag] ?? usual).split(',').map((text) => wholeNumber(flag, text, least))),
  ]
  return {
    runs: planRuns(presetsOf(flags.presets), numbers('dimensions', '2,3', 2), numbers('seeds', '1,2,3', 0)),
    shard: shard === undefined ? null : parseShard(shard),
    merge,
    steps: steps === undefined ? null : wholeNumber('steps', steps, 1),
    jobs: jobs === undefined ? availableParallelism() : wholeNumber('jobs', jobs, 1),
    out: resolve(flags.out ?? join(ROOT, 'bench/.cache/table')),
    into: resolve(flags.into ?? ROOT),
  }
}

function presetsOf(text: string | undefined): string[] {
  if (text === undefined) return [...PRESETS.keys()]
  const presets = [...new Set(text.split(','))]
  const unknown = presets.find((preset) => !PRESETS.has(preset))
  if (unknown !== undefined) throw new UsageError(`--presets: there is no loss "${unknown}"`)
  return presets
}

const nameOf = ({ preset, dimension, seed }: TableRun): string => `${preset} ${dimension}-D seed ${seed}`

/** Trains what is not there yet, `jobs` at a time, each in a process of its own: one that dies loses one run. */
async function train(runs: readonly TableRun[], { out, steps, jobs }: Options): Promise<void> {
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

async function merge({ runs, steps, out, into }: Options): Promise<void> {
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
  const options = readOptions()
  const { runs, shard } = options
  if (!options.merge) await train(shard ? shardOf(runs, shard) : runs, options)
  if (!shard) await merge(options)
})
