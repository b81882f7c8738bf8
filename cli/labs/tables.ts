import { spread, table } from '../../bench/results'
import { inPercent } from '../in-percent'
import type { Finished } from '../sweeps/sweep'
import { CORRUPTIONS, type LabMeasures } from './measures'
import type { LabRun, LabTopic } from './plan'

type Known = Finished<LabRun, LabMeasures>

const tenthsOfPercent = (value: number): string => inPercent(value, 1)
const hundredths = (value: number): string => value.toFixed(2)

/** The tables of the labs, in Markdown; a topic of which nothing was measured is left out. */
export function labTables(known: readonly Known[]): string {
  const parts = [
    '`npm run labs`: Compact, 20 epochs of batches of 64, backend wasm. Median [least–most] over the seeds; ' +
      'held-out images throughout.',
  ]
  const add = (topic: LabTopic, text: string, head: readonly string[], cells: Cells): void => {
    const rows = rowsOf(known, topic)
    if (rows.length === 0) return
    parts.push(
      text,
      table(
        ['loss', 'seeds', ...head],
        rows.map(({ name, outcomes }) => [name, String(outcomes.length), ...cells(outcomes)]),
      ),
    )
  }
  add(
    'long-tail',
    'Digits with class sizes 600 to 6, exponential (ratio 1:100). The tail is the classes with at most a fifth of ' +
      'the largest; r is the correlation of ‖W_j‖ with n_j. Where the loss sets ‖W_j‖ to 1, there is none to see; ' +
      '“as stored” is that of the variables before they are set to 1. Coverage is the share of held-out images of ' +
      'the tail that are answered at 99 % precision.',
    ['r(‖W_j‖, n_j)', 'head recall %', 'tail recall %', 'tail coverage at 99 % precision, %'],
    (all) => [
      `${all.every(({ free }) => free) ? '' : '‖W_j‖ = 1; as stored: '}${over(all, 'correlation', hundredths)}`,
      over(all, 'head', tenthsOfPercent),
      over(all, 'tail', tenthsOfPercent),
      over(all, 'tailCoverage', tenthsOfPercent),
    ],
  )
  add(
    'bias',
    'Digits, all classes alike, 2-D. Off centre is the length of the mean feature over the mean length of features.',
    ['test accuracy %', 'smallest angle °', 'off centre', 'biases from', 'to', 'logits span'],
    (all) => [
      over(all, 'testAccuracy', tenthsOfPercent),
      over(all, 'smallestAngle', (value) => value.toFixed(1)),
      over(all, 'offCentre', hundredths),
      spread(
        all.map(({ bias }) => bias.least),
        hundredths,
      ),
      spread(
        all.map(({ bias }) => bias.most),
        hundredths,
      ),
      over(all, 'logitSpan', (value) => value.toFixed(1)),
    ],
  )
  add(
    'many',
    'Glyphs: 166 characters, 32 features; with 48 pictures of each, or with 48 of the first to 1 of the last.',
    [
      'test accuracy %',
      'head recall %',
      'tail recall %',
      'r(‖W_j‖, n_j)',
      'mean of biases',
      'their deviation',
      'logits span',
    ],
    (all) => [
      over(all, 'testAccuracy', tenthsOfPercent),
      over(all, 'head', tenthsOfPercent),
      over(all, 'tail', tenthsOfPercent),
      all.every(({ free, correlation }) => free && correlation !== null)
        ? over(all, 'correlation', hundredths)
        : 'none',
      spread(
        all.map(({ bias }) => bias.mean),
        (value) => value.toFixed(3),
      ),
      spread(
        all.map(({ bias }) => bias.deviation),
        (value) => value.toFixed(3),
      ),
      over(all, 'logitSpan', (value) => value.toFixed(1)),
    ],
  )
  add(
    'regions',
    'Digits, all classes alike, the three on the same batches of 8 × 8. Compactness is the mean distance of a unit ' +
      'feature to its class’s mean over the smallest distance between two means: less is more compact.',
    ['test accuracy %', 'smallest angle °', 'compactness'],
    (all) => [
      over(all, 'testAccuracy', tenthsOfPercent),
      over(all, 'smallestAngle', (value) => value.toFixed(1)),
      over(all, 'intraToInter', hundredths),
    ],
  )
  add(
    'triplets',
    'Softmax with triplet loss on digits, 2-D. Acting triplets are counted at the end in a batch of 10 × 6 held-out ' +
      'digits.',
    ['test accuracy %', 'acting', 'of'],
    (all) => [
      over(all, 'testAccuracy', tenthsOfPercent),
      spread(
        all.map(({ acting }) => acting?.count ?? NaN),
        String,
      ),
      spread(
        all.map(({ acting }) => acting?.possible ?? NaN),
        String,
      ),
    ],
  )
  for (const [kind, strengths] of Object.entries(CORRUPTIONS) as [
    keyof typeof CORRUPTIONS,
    readonly number[],
  ][]) {
    add(
      'quality',
      `Median ‖x‖ of 400 held-out digits in 2-D under ${kind}, as a share of that of clean ones; by its strength.`,
      strengths.map(String),
      (all) =>
        strengths.map((_, k) =>
          spread(
            all.flatMap(({ norms }) => (norms ? [norms[kind][k]! / norms[kind][0]!] : [])),
            hundredths,
          ),
        ),
    )
  }
  return parts.join('\n\n')
}

type Row = LabMeasures & { readonly free: boolean }
type Cells = (outcomes: readonly Row[]) => string[]

function rowsOf(known: readonly Known[], topic: LabTopic): { name: string; outcomes: Row[] }[] {
  const rows = new Map<string, Row[]>()
  for (const { run, outcome } of known) {
    if (run.topic !== topic) continue
    const row = { ...outcome.measures, free: !run.experiment.head.normalizeWeights }
    rows.set(run.row, [...(rows.get(run.row) ?? []), row])
  }
  return [...rows].map(([name, outcomes]) => ({ name, outcomes }))
}

type Measured = {
  [K in keyof LabMeasures]: LabMeasures[K] extends number | null ? K : never
}[keyof LabMeasures]

function over(outcomes: readonly Row[], measure: Measured, format: (value: number) => string): string {
  const values = outcomes.map((outcome) => outcome[measure]).filter((value) => value !== null)
  return values.length === 0 ? 'none' : spread(values, format)
}
