import type { Trainer } from './trainer'

/** Steps after which losses are read. */
const STRIDE = 100

/** A run whose loss is no number any more. */
export class DivergedError extends Error {
  override readonly name = 'DivergedError'
}

/**
 * Trains to the end of the plan, or to `steps`, and gives the mean loss of the newest batches, at most 100, after each
 * hundred.
 * @throws {DivergedError} when the loss stops being finite
 */
export async function* trainSteps(trainer: Trainer, steps: number | null): AsyncGenerator<number, void> {
  const done = (): boolean => (steps === null ? trainer.progress >= 1 : trainer.step >= steps)
  while (!done()) {
    for (let i = 0; i < STRIDE && !done(); i++) trainer.trainStep()
    const { losses } = (await trainer.read()).steps
    const loss = losses.reduce((sum, value) => sum + value, 0) / losses.length
    if (!Number.isFinite(loss)) {
      throw new DivergedError(`the loss stopped being finite before step ${trainer.step}`)
    }
    yield loss
  }
}
