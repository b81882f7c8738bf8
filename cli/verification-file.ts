import { median } from '../bench/results'
import type { VerificationFile, VerifiedRow } from '../src/io/verification-file'
import { spreadOf } from './table-merge'
import type { VerificationOutcome } from './verification-outcome'
import { DIMENSION } from './verification-settings'

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

/** What the page shows of outcomes: a loss in one row, in their order. */
export function verificationFileOf(outcomes: readonly VerificationOutcome[]): VerificationFile {
  const { identities, pairs } = outcomes[0]!
  return {
    version: 1,
    seeds: [...new Set(outcomes.map(({ seed }) => seed))],
    machine: [...new Set(outcomes.map(({ machine }) => machine))].join(', '),
    dimension: DIMENSION,
    identities,
    pairs,
    rows: [...new Set(outcomes.map(({ preset }) => preset))].map((preset) =>
      rowOf(outcomes.filter((outcome) => outcome.preset === preset)),
    ),
  }
}

function rowOf(runs: readonly VerificationOutcome[]): VerifiedRow {
  const { preset, steps, rates, curve } = runs[0]!
  const spread = (value: (run: VerificationOutcome) => number) => spreadOf(runs.map(value))
  return {
    preset,
    steps,
    accuracy: spread(({ accuracy }) => accuracy),
    standardError: spread(({ standardError }) => standardError).median,
    equalErrorRate: spread(({ equalErrorRate }) => equalErrorRate),
    rates: rates.map(({ far }, k) => ({ far, tar: spread((run) => run.rates[k]!.tar) })),
    testAccuracy: spread(({ testAccuracy }) => testAccuracy),
    curve: curve.map((_, k) => Number(median(runs.map((run) => run.curve[k]!)).toPrecision(6))),
    paper: PAPER[preset] ?? null,
  }
}
