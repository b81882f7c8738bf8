import type { ActiveHead } from '../losses/head'
import { marginSymbols } from '../losses/margin-setting'
import type { Experiment, Rate } from './config'

/** Where one-cycle starts and ends, as fractions of its highest rate (Smith 2018). */
const ONE_CYCLE_START = 1 / 25
const ONE_CYCLE_END = 1e-3
/** The rate after the planned run, as a fraction of the highest: enough to see a change of the loss act. */
const AFTERWARDS = 0.1

/** The learning rate when `progress` (1 = the planned run) has passed. */
export function rateAt(rate: Rate, progress: number): number {
  switch (rate.kind) {
    case 'constant':
      return rate.value
    case 'step':
      // The tiny term keeps rounding from delaying a step.
      return rate.value * rate.factor ** Math.floor(Math.min(progress, 1) / rate.every + 1e-9)
    case 'one-cycle': {
      if (progress >= 1) return AFTERWARDS * rate.value
      const rising = progress < rate.warmUp
      const t = rising ? progress / rate.warmUp : (progress - rate.warmUp) / (1 - rate.warmUp)
      const [from, to] = rising ? [ONE_CYCLE_START, 1] : [1, ONE_CYCLE_END]
      return rate.value * (to + (from - to) * 0.5 * (1 + Math.cos(Math.PI * t)))
    }
  }
}

/** 0 before `start`, 1 from `end` on, a line between. */
export function ramp({ start, end }: { start: number; end: number }, progress: number): number {
  if (progress >= end) return 1
  return progress <= start ? 0 : (progress - start) / (end - start)
}

/** The head as it acts when `progress` of the planned run has passed and `step` steps were made. */
export function activeHead({ head, curriculum }: Experiment, progress: number, step: number): ActiveHead {
  const { scale } = curriculum
  const s = scale ? scale.from + (head.scale - scale.from) * ramp(scale, progress) : head.scale
  return {
    bias: head.bias,
    normalizeWeights: head.normalizeWeights,
    normalizeFeatures: head.normalizeFeatures && progress >= curriculum.normalizeFeaturesAt,
    scale: s,
    subCenters: head.subCenters,
    margin: head.margin,
    loss: head.loss,
    symbols: marginSymbols(head.margin, ramp(curriculum.margin, progress), step, s),
  }
}
