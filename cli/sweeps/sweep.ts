import { cpus } from 'node:os'
import { join } from 'node:path'
import type { z } from 'zod'
import type { Experiment } from '../../src/engine/config'
import { trainRun, type TrainedRun } from '../../src/engine/train-run'
import { UsageError } from '../arguments'
import { inPercent } from '../in-percent'
import { nodeAssets } from '../node-assets'
import { ROOT } from '../root'
import { trainMissing } from './jobs'
import { readOptions, shardOf, type Options } from './options'
import { readOutcome, writeOutcome, type Outcome } from './outcome'
import { runFile } from './run-file'

/** One training run of a sweep. */
export interface SweepRun {
  /** What it is called in sentences: "arcface 2-D seed 1". */
  readonly name: string
  readonly experiment: Experiment
}

/** The runs that the flags of a command ask for. */
export interface Plan<R extends SweepRun> {
  readonly train: readonly R[]
  /** What tables are written from, in the order of their rows. */
  readonly shown: readonly R[]
}

export interface Finished<R extends SweepRun, M> {
  readonly run: R
  readonly outcome: Outcome<M>
}

/** A set of runs that are trained for a table, and what becomes of them. */
export interface Sweep<R extends SweepRun, M> {
  /** Its folder in bench/.cache. */
  readonly name: string
  /** Raise it when other things are measured of the same runs: then all are trained anew. */
  readonly version: number
  /** Seeds where no others are asked for. */
  readonly seeds: string
  /** Flags of its own, each with a text as value. */
  readonly flags: readonly string[]
  /** @throws {UsageError} naming the flag that is wrong */
  readonly plan: (seeds: readonly number[], flags: Readonly<Record<string, string | undefined>>) => Plan<R>
  readonly measures: z.ZodType<M>
  /** What there is to say of a run at its end. */
  readonly measure: (trained: TrainedRun, run: R) => Promise<M>
  /** A share from 0 to 1, told as soon as a run is done. */
  readonly score: (measures: M) => number
  /** Whether tables are written also from a part of the runs. */
  readonly partial: boolean
  /** Writes tables into the files of a folder. */
  readonly write: (finished: readonly Finished<R, M>[], into: string) => void
}

/** Where a command runs. */
export interface Home {
  /** The folder into which tables are written, and in which finished runs are kept, where no other is asked for. */
  readonly root: string
  /** What Node runs, and with which arguments before the command's own, to start the same command again. */
  readonly self: readonly string[]
}

/** A command of this checkout. @param script its file, from the root */
export function checkout(script: string): Home {
  return { root: ROOT, self: [join(ROOT, 'cli/run.mjs'), script] }
}

/**
 * What the command of a sweep does: trains the runs that have left no file, each in a process of its own, and writes
 * the tables. A shard only trains; --merge only writes.
 * @param args the command line after the command
 * @throws {UsageError} naming the flag that is wrong
 */
export async function runSweep<R extends SweepRun, M>(
  sweep: Sweep<R, M>,
  args: readonly string[],
  { root, self }: Home,
): Promise<void> {
  const options = readOptions(sweep, args, root)
  const fileOf = (run: R): string => runFile(sweep, run.experiment, options.steps)
  if (options.run !== null) {
    const run = options.train.find((planned) => fileOf(planned) === options.run)
    if (!run) throw new UsageError(`--run: there is no run "${options.run}"`)
    await trainOne(sweep, run, options)
    return
  }
  const outcomeOf = (run: R): Promise<Outcome<M> | null> =>
    readOutcome(join(options.out, fileOf(run)), sweep.measures)
  if (!options.merge) {
    const runs = options.shard ? shardOf(options.train, options.shard) : options.train
    await trainMissing(
      runs,
      {
        fileOf,
        argumentsOf: (run) => [...self, ...args, '--run', fileOf(run)],
        resultOf: async (run) => {
          const outcome = await outcomeOf(run)
          return outcome && `${inPercent(sweep.score(outcome.measures))} %`
        },
      },
      options.jobs,
    )
  }
  if (!options.shard) await writeTables(sweep, options, outcomeOf)
}

async function trainOne<R extends SweepRun, M>(
  sweep: Sweep<R, M>,
  run: R,
  { steps, out }: Options<R>,
): Promise<void> {
  const { experiment } = run
  const clock = processorSeconds
  const trained = await trainRun(experiment, { backend: 'wasm', assets: nodeAssets, steps, clock })
  await writeOutcome<M>(join(out, runFile(sweep, experiment, steps)), {
    run: run.name,
    steps: trained.trainer.step,
    processorSeconds: trained.seconds,
    machine: cpus()[0]?.model.trim() ?? 'an unknown processor',
    measures: await sweep.measure(trained, run),
  })
}

/** Spent by this process alone, whatever else the machine does. */
function processorSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

async function writeTables<R extends SweepRun, M>(
  sweep: Sweep<R, M>,
  { shown, into }: Options<R>,
  outcomeOf: (run: R) => Promise<Outcome<M> | null>,
): Promise<void> {
  const finished: Finished<R, M>[] = []
  const missing: R[] = []
  for (const run of shown) {
    const outcome = await outcomeOf(run)
    if (outcome) finished.push({ run, outcome })
    else missing.push(run)
  }
  if (missing.length > 0 && !sweep.partial) {
    const first = missing[0]!.name
    throw new Error(
      `${missing.length} of ${shown.length} runs are missing, first ${first}: run their shards again`,
    )
  }
  sweep.write(finished, into)
}
