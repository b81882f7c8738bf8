import { median } from '../../bench/results'
import type { VerificationFile, VerifiedRow } from '../../src/io/verification-file'
import { machinesOf, seedsOf, sixDigits, spreadOf } from '../sweeps/spread'
import type { Finished } from '../sweeps/sweep'
import { DIMENSION } from './settings'
import type { VerificationMeasures, VerificationRun } from './sweep'

type Done = Finished<VerificationRun, VerificationMeasures>

/**
 * Accuracy in percent on LFW and YTF, trained on CASIA-WebFace, as table 1 of the paper has it. Its triplet loss is
 * FaceNet's, without softmax.
 */
const PAPER: Readonly<Record<string, NonNullable<VerifiedRow['paper']>>> = {
  softmax: { lfw: 97.88, ytf: 93.1 },
  'softmax-contrastive': { lfw: 98.78, ytf: 93.5 },
  'softmax-triplet': { lfw: 98.7, ytf: 93.4, note: 'triplet alone' },
  'softmax-center': { lfw: 99.05, ytf: 94.4 },
  'a-softmax': { lfw: 99.42, ytf: 95.0 },
}

/** What the page shows of runs: a loss in one row, in their order. */
export function verificationFileOf(done: readonly Done[]): VerificationFile {
  const { identities, pairs } = done[0]!.outcome.measures
  return {
    version: 1,
    seeds: seedsOf(done),
    machine: machinesOf(done),
    dimension: DIMENSION,
    identities,
    pairs,
    rows: [...new Set(done.map(({ run }) => run.preset))].map((preset) =>
      rowOf(
        preset,
        done.filter(({ run }) => run.preset === preset),
      ),
    ),
  }
}

function rowOf(preset: string, done: readonly Done[]): VerifiedRow {
  const { steps, measures } = done[0]!.outcome
  const runs = done.map(({ outcome }) => outcome.measures)
  const spread = (value: (run: VerificationMeasures) => number) => spreadOf(runs.map(value))
  return {
    preset,
    steps,
    accuracy: spread(({ accuracy }) => accuracy),
    standardError: spread(({ standardError }) => standardError).median,
    equalErrorRate: spread(({ equalErrorRate }) => equalErrorRate),
    rates: measures.rates.map(({ far }, k) => ({ far, tar: spread((run) => run.rates[k]!.tar) })),
    testAccuracy: spread(({ testAccuracy }) => testAccuracy),
    curve: measures.curve.map((_, k) => sixDigits(median(runs.map((run) => run.curve[k]!)))),
    paper: PAPER[preset] ?? null,
  }
}
