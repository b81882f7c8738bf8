import { createHash } from 'node:crypto'
import { presetExperiment } from '../src/engine/preset-experiment'
import type { Experiment } from '../src/engine/config'
import { UsageError } from './arguments'

/** Raise it when the engine trains the same configuration to other numbers: then all runs are trained anew. */
const TRAINING_VERSION = 1

/**
 * Settings that came after the first runs, with the value that means what those did: it is not part of a run's
 * name, so that they need not be trained anew.
 */
const ADDED: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['subCenters', 1],
  ['pulls', true],
])

/** Settings that had another name when the first runs were made, by the one that they have now. */
const RENAMED: ReadonlyMap<string, string> = new Map([['terms', 'auxiliaries']])

/** One run of the table. */
export interface TableRun {
  readonly preset: string
  readonly dimension: number
  readonly seed: number
}

export interface Shard {
  /** From 1 to `count`. */
  readonly index: number
  readonly count: number
}

/** All runs of a table, in the order of its rows. */
export function planRuns(
  presets: readonly string[],
  dimensions: readonly number[],
  seeds: readonly number[],
): TableRun[] {
  return presets.flatMap((preset) =>
    dimensions.flatMap((dimension) => seeds.map((seed) => ({ preset, dimension, seed }))),
  )
}

/** The runs of one shard: every count-th, so that slow losses spread over all shards. */
export function shardOf<T>(runs: readonly T[], { index, count }: Shard): T[] {
  return runs.filter((_, k) => k % count === index - 1)
}

/** @throws {UsageError} unless `text` is i/n with 1 ≤ i ≤ n. */
export function parseShard(text: string): Shard {
  const [index, count] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).slice(1).map(Number)
  if (!index || !count || index > count) {
    throw new UsageError(`--shard: "${text}" is not one of 1/n, 2/n … n/n`)
  }
  return { index, count }
}

export function experimentOf({ preset, dimension, seed }: TableRun): Experiment {
  return { ...presetExperiment(preset, dimension), seed }
}

/** The file of a run. Whatever changes its result changes its name, so that it is trained anew. */
export function fileOf(run: TableRun, steps: number | null): string {
  return `${run.preset}-${run.dimension}d-seed-${run.seed}-${hashOf(experimentOf(run), steps)}.json`
}

/** Names what a run comes to: the same for the same experiment and length, and only for those. */
export function hashOf(experiment: Experiment, steps: number | null): string {
  const asBefore = (name: string, value: unknown): unknown => (ADDED.get(name) === value ? undefined : value)
  const settings = Object.entries(experiment).map(([name, value]: [string, unknown]) => [
    RENAMED.get(name) ?? name,
    value,
  ])
  const key = JSON.stringify([TRAINING_VERSION, Object.fromEntries(settings), steps], asBefore)
  return createHash('sha256').update(key).digest('hex').slice(0, 16)
}
