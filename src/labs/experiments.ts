import { parseExperiment, type Experiment, type experimentSchema } from '../engine/config'
import { presetExperiment, withPreset } from '../engine/preset-experiment'
import { inStepWith } from '../session/differences'
import type { z } from 'zod'

type Base = z.input<typeof experimentSchema>

/** A named loss on what `base` says; what it does not say is as the page starts. */
export function withLoss(preset: string, base: Base = {}): Experiment {
  return withPreset(parseExperiment(base), preset)
}

/** The ratio between the largest and the smallest class in the labs about long tails. */
const RATIO = 100

/** Digits whose numbers of images fall from class to class: 600 of the first, 6 of the last. */
export function longTail(preset: string, dimension: number): Experiment {
  return withLoss(preset, {
    data: { imbalance: { kind: 'exponential', ratio: RATIO } },
    network: { dimension },
  })
}

/** Experiments side by side, all on the images and batches of the first. */
export function beside(
  first: Experiment,
  ...others: readonly Experiment[]
): readonly [Experiment, ...Experiment[]] {
  return [first, ...others.map((other) => inStepWith(first, other))]
}

/** A Euclidean margin, none, and an angular one. */
export const MARGINS_COMPARED = ['softmax-contrastive', 'modified-softmax', 'a-softmax'] as const

/** Runs of the three on the same batches, which have pairs of each class. */
export function marginsCompared(dimension: number): readonly [Experiment, ...Experiment[]] {
  const [euclidean, ...others] = MARGINS_COMPARED
  return beside(
    presetExperiment(euclidean, dimension),
    ...others.map((preset) => presetExperiment(preset, dimension)),
  )
}

/** Many classes: 166 characters in 56 typefaces. */
export function manyClasses(preset: string, data: Base['data'] = {}): Experiment {
  return withLoss(preset, { data: { set: 'glyphs', ...data }, network: { dimension: 32 } })
}

/** Which triplets are chosen. */
export const MININGS = ['batch-all', 'batch-hard', 'semi-hard'] as const

/** The same with other triplets. */
export function withMining(experiment: Experiment, mining: (typeof MININGS)[number]): Experiment {
  const terms = experiment.terms.map((term) => (term.kind === 'triplet' ? { ...term, mining } : term))
  return parseExperiment({ ...experiment, terms })
}
