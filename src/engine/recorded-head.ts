import type { RecordedHead } from '../io/recording-header'
import type { Experiment } from './config'
import { activeHead } from './schedule'

/**
 * What the header of a recording says of the head, so that points and class vectors can be drawn by those who know
 * nothing of experiments.
 * @param keyframes their steps, the last is that of the run
 * @param perEpoch training steps in an epoch
 */
export function recordedHead(
  experiment: Experiment,
  keyframes: readonly number[],
  perEpoch: number,
): RecordedHead {
  const at = (step: number) => activeHead(experiment, step / perEpoch / experiment.epochs, step)
  const steps = Array.from({ length: keyframes.at(-1)! + 1 }, (_, step) => step)
  const scales = keyframes.map((step) => at(step).scale)
  const { bias, normalizeWeights } = at(0)
  return {
    bias,
    normalizeWeights,
    normalizeFeaturesFrom: steps.find((step) => at(step).normalizeFeatures) ?? null,
    scales: scales.every((scale) => scale === scales[0]) ? scales.slice(0, 1) : scales,
  }
}
