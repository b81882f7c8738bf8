import type { Experiment } from './config'

/** A change that the user made during the run. */
export interface Change {
  readonly step: number
  readonly text: string
}

/** Changes this many steps back count as a likely cause. */
const RECENT_STEPS = 200

/**
 * The setting that most likely made training diverge, as a sentence that names it.
 * A recent change of the user comes first; else the setting that is furthest above what usually works.
 */
export function diagnoseDivergence(experiment: Experiment, step: number, changes: readonly Change[]): string {
  const last = changes[changes.length - 1]
  if (last && step - last.step <= RECENT_STEPS) {
    return `The likely cause is the change ${step - last.step} steps before: ${last.text}.`
  }
  const { optimizer, head } = experiment
  const usualRate = optimizer.kind === 'adam' ? 5e-3 : 0.05
  const suspects = [
    {
      excess: optimizer.rate.value / usualRate / (1 - optimizer.momentum) / 10,
      text: `the learning rate of ${optimizer.rate.value}${
        optimizer.momentum > 0.95 ? ` with momentum ${optimizer.momentum}` : ''
      }: try a third of it${optimizer.clip === null ? ', or clip the gradient' : ''}`,
    },
    { excess: head.normalizeFeatures ? head.scale / 40 : 0, text: `the scale s = ${head.scale}: try 20` },
    { excess: optimizer.weightDecay / 0.01, text: `the weight decay of ${optimizer.weightDecay}: try 0` },
  ]
  const worst = suspects.reduce((a, b) => (b.excess > a.excess ? b : a))
  return `The likely cause is ${worst.text}.`
}
