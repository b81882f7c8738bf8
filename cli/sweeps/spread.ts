import { median } from '../../bench/results'
import type { Spread } from '../../src/io/table-file'
import type { Finished, SweepRun } from './sweep'

/** Median and range, to six digits. */
export function spreadOf(values: readonly number[]): Spread {
  return {
    median: sixDigits(median(values)),
    least: sixDigits(Math.min(...values)),
    most: sixDigits(Math.max(...values)),
  }
}

/** What a file keeps of a number: six digits that mean something. */
export function sixDigits(value: number): number {
  return Number(value.toPrecision(6))
}

/** The processors that runs were trained on, in words. */
export function machinesOf(finished: readonly Finished<SweepRun, unknown>[]): string {
  return [...new Set(finished.map(({ outcome }) => outcome.machine))].join(', ')
}

/** The seeds that runs were trained from, each once. */
export function seedsOf(finished: readonly Finished<SweepRun, unknown>[]): number[] {
  return [...new Set(finished.map(({ run }) => run.experiment.seed))]
}
