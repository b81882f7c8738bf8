import {
  longTail,
  manyClasses,
  MARGINS_COMPARED,
  marginsCompared,
  MININGS,
  withLoss,
  withMining,
} from '../../src/labs/experiments'
import type { SweepRun } from '../sweeps/sweep'

/** What a lab's text speaks of, and in which table it is. */
export const TOPICS = ['long-tail', 'bias', 'quality', 'many', 'regions', 'triplets'] as const
export type LabTopic = (typeof TOPICS)[number]

/** One training run behind the numbers of the labs. */
export interface LabRun extends SweepRun {
  readonly topic: LabTopic
  /** Which row of its table: the loss, with the number of features where that differs. */
  readonly row: string
}

const TAIL = ['softmax', 'softmax-without-bias', 'modified-softmax', 'softmax-up', 'ldam']
const QUALITY = ['softmax', 'normface', 'magface', 'adaface']

/** All runs, those that are quick first. */
export function planLabs(seeds: readonly number[]): LabRun[] {
  const rows: Omit<LabRun, 'name'>[] = [
    ...[2, 3].flatMap((dimension) =>
      TAIL.map((preset) => ({
        topic: 'long-tail' as const,
        row: `${preset}, ${dimension}-D`,
        experiment: longTail(preset, dimension),
      })),
    ),
    ...['softmax', 'softmax-without-bias'].map((preset) => ({
      topic: 'bias' as const,
      row: preset,
      experiment: withLoss(preset),
    })),
    ...QUALITY.map((preset) => ({ topic: 'quality' as const, row: preset, experiment: withLoss(preset) })),
    ...['softmax', 'modified-softmax'].map((preset) => ({
      topic: 'many' as const,
      row: `${preset}, equal sizes`,
      experiment: manyClasses(preset),
    })),
    ...['softmax', 'modified-softmax'].map((preset) => ({
      topic: 'many' as const,
      row: `${preset}, 48 to 1 images`,
      experiment: manyClasses(preset, { imbalance: { kind: 'exponential', ratio: 48 } }),
    })),
  ]
  for (const dimension of [2, 3]) {
    marginsCompared(dimension).forEach((experiment, k) =>
      rows.push({ topic: 'regions', row: `${MARGINS_COMPARED[k]!}, ${dimension}-D`, experiment }),
    )
  }
  for (const mining of MININGS) {
    rows.push({ topic: 'triplets', row: mining, experiment: withMining(withLoss('softmax-triplet'), mining) })
  }
  return seeds.flatMap((seed) =>
    rows.map(({ topic, row, experiment }) => ({
      topic,
      row,
      name: `${row}, seed ${seed}`,
      experiment: { ...experiment, seed },
    })),
  )
}
