import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { MOST_SEED } from '../../src/engine/limits'
import { readFlags, UsageError, wholeNumber } from '../arguments'
import type { Plan, Sweep, SweepRun } from './sweep'

interface Shard {
  /** From 1 to `count`. */
  readonly index: number
  readonly count: number
}

/** What the flags of a sweep's command ask for. */
export interface Options<R extends SweepRun> extends Plan<R> {
  readonly shard: Shard | null
  readonly merge: boolean
  /** null is to the end of the plan. */
  readonly steps: number | null
  /** How many runs are trained at a time. */
  readonly jobs: number
  /** The folder of the files of finished runs. */
  readonly out: string
  /** The folder into which tables are written. */
  readonly into: string
  /** The file of the only run to train, in this process; for the command's own use. */
  readonly run: string | null
}

const TEXTS = ['seeds', 'steps', 'jobs', 'shard', 'out', 'into', 'run'] as const

/** @throws {UsageError} naming the flag that is wrong. */
export function readOptions<R extends SweepRun>(
  sweep: Pick<Sweep<R, never>, 'name' | 'seeds' | 'flags' | 'plan'>,
  args: readonly string[],
  root: string,
): Options<R> {
  const names = [...TEXTS, ...sweep.flags]
  const texts = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]))
  const { merge, ...given } = readFlags({ ...texts, merge: { type: 'boolean' as const } }, [...args])
  const flags = given as Readonly<Record<string, string | undefined>>
  const { shard, steps, jobs, out, into, run } = flags
  if (merge && shard !== undefined) {
    throw new UsageError('--shard: a shard only trains; --merge comes after all')
  }
  const { train, shown } = sweep.plan(wholeNumbers('seeds', flags.seeds ?? sweep.seeds, 0, MOST_SEED), flags)
  return {
    train,
    shown,
    shard: shard === undefined ? null : parseShard(shard),
    merge: merge === true,
    steps: steps === undefined ? null : wholeNumber('steps', steps, 1),
    jobs: jobs === undefined ? availableParallelism() : wholeNumber('jobs', jobs, 1),
    out: resolve(out ?? join(root, 'bench/.cache', sweep.name)),
    into: resolve(into ?? root),
    run: run ?? null,
  }
}

/** Numbers between commas, each once. @throws {UsageError} unless all are whole and from `least` to `most`. */
export function wholeNumbers(flag: string, text: string, least: number, most?: number): number[] {
  return [...new Set(text.split(',').map((part) => wholeNumber(flag, part, least, most)))]
}

/** Names between commas, each once. @throws {UsageError} naming one that is not known, and those that are. */
export function namesOf(flag: string, text: string | undefined, known: readonly string[]): readonly string[] {
  if (text === undefined) return known
  const names = [...new Set(text.split(','))]
  const unknown = names.find((name) => !known.includes(name))
  if (unknown !== undefined) {
    throw new UsageError(`--${flag}: there is no "${unknown}", only ${known.join(', ')}`)
  }
  return names
}

/** @throws {UsageError} unless `text` is i/n with 1 ≤ i ≤ n. */
export function parseShard(text: string): Shard {
  const [index, count] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).slice(1).map(Number)
  if (!index || !count || index > count) {
    throw new UsageError(`--shard: "${text}" is not one of 1/n, 2/n … n/n`)
  }
  return { index, count }
}

/** The runs of one shard: every count-th, so that slow losses spread over all shards. */
export function shardOf<T>(runs: readonly T[], { index, count }: Shard): T[] {
  return runs.filter((_, k) => k % count === index - 1)
}
