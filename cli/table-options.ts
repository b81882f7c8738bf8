import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PRESETS } from '../src/losses/preset-registry'
import { readFlags, UsageError, wholeNumber } from './arguments'
import { parseShard, planRuns, type Shard, type TableRun } from './table-plan'

/** This checkout. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url))

export interface TableOptions {
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

/** @throws {UsageError} naming the flag that is wrong. */
export function readTableOptions(args: string[]): TableOptions {
  const flags = readFlags(
    {
      shard: { type: 'string' },
      merge: { type: 'boolean' },
      presets: { type: 'string' },
      dimensions: { type: 'string' },
      seeds: { type: 'string' },
      jobs: { type: 'string' },
      steps: { type: 'string' },
      out: { type: 'string' },
      into: { type: 'string' },
    },
    args,
  )
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
  if (text === undefined) return [...PRESETS.ids]
  const presets = [...new Set(text.split(','))]
  const unknown = presets.find((preset) => !PRESETS.has(preset))
  if (unknown !== undefined) throw new UsageError(`--presets: there is no loss "${unknown}"`)
  return presets
}
