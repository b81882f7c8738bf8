import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { readFlags, UsageError, wholeNumber } from './arguments'
import { ROOT } from './table-options'
import { hashOf } from './table-plan'
import { VERIFIED, verificationExperiment } from './verification-settings'

export interface VerificationRun {
  readonly preset: string
  readonly seed: number
}

export interface VerificationOptions {
  /** All seeds of a loss one after another, losses in the order of the table. */
  readonly runs: readonly VerificationRun[]
  /** null is to the end of the plan. */
  readonly steps: number | null
  readonly jobs: number
  /** The folder of the files of finished runs. */
  readonly out: string
  /** The folder in which bench/RESULTS.md and public/verification.json lie. */
  readonly into: string
}

/** @throws {UsageError} naming the flag that is wrong */
export function readVerificationOptions(args: string[]): VerificationOptions {
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
    runs: presets.flatMap((preset) => seeds.map((seed) => ({ preset, seed }))),
    steps: flags.steps === undefined ? null : wholeNumber('steps', flags.steps, 1),
    jobs: flags.jobs === undefined ? availableParallelism() : wholeNumber('jobs', flags.jobs, 1),
    out: resolve(flags.out ?? join(ROOT, 'bench/.cache/verification')),
    into: resolve(flags.into ?? ROOT),
  }
}

/** The file of a run. Whatever changes its result changes its name, so that it is trained anew. */
export function verificationFile({ preset, seed }: VerificationRun, steps: number | null): string {
  return `${preset}-seed-${seed}-${hashOf(verificationExperiment(preset, seed), steps)}.json`
}
