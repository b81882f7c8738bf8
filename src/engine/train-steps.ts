import { diagnoseDivergence } from './diagnose'
import type { Trainer } from './trainer'

/** Steps after which losses are read. */
const STRIDE = 100

/** A run whose loss, gradient or weights are not finite any more. The message says why they may be so. */
export class DivergedError extends Error {
  override readonly name = 'DivergedError'
}

/**
 * Trains to the end of the plan, or to `steps`, and gives the mean loss of the newest batches, at most 100, after each
 * hundred.
 * @throws {DivergedError} when the loss or its gradient stops being finite
 */
export async function* trainSteps(trainer: Trainer, steps: number | null): AsyncGenerator<number, void> {
  const done = (): boolean => (steps === null ? trainer.progress >= 1 : trainer.step >= steps)
  while (!done()) {
    for (let i = 0; i < STRIDE && !done(); i++) trainer.trainStep()
    const { steps: record, weights } = await trainer.read()
    const { losses } = record
    const loss = losses.reduce((sum, value) => sum + value, 0) / losses.length
    if (!Number.isFinite(loss) || !weights.every(Number.isFinite)) throw divergedError(trainer)
    yield loss
  }
}

/** Says that a run has diverged, and what the cause may be. */
export function divergedError({ experiment, head, step }: Trainer): DivergedError {
  const cause = diagnoseDivergence(experiment, head, step, [])
  return new DivergedError(`the loss or its gradient stopped being finite before step ${step}. ${cause}`)
}
