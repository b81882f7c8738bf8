import type { ImageSet } from '../io/dataset-file'
import type { Assets } from './assets'
import { useBackend, type BackendName } from './backends'
import type { Experiment } from './config'
import { DataLoader } from './data-loader'
import { trainSteps } from './train-steps'
import { Trainer } from './trainer'

export interface TrainRunOptions {
  readonly backend: BackendName
  readonly assets: Assets
  /** How many steps; null trains to the end of the plan. */
  readonly steps: number | null
  /** Seconds since whenever; by the clock where it is left out. */
  readonly clock?: () => number
  /**
   * Is told after every 100 steps, and at the end, how much is done, from 0 to 1, and the mean loss of the newest
   * batches, at most 100. What it throws ends the run.
   */
  readonly onProgress?: (fraction: number, trainer: Trainer, loss: number) => void
}

/** A run at its end. */
export interface TrainedRun {
  /** Whoever trained the run disposes of it. */
  readonly trainer: Trainer
  readonly data: ImageSet
  /** Class weights [n · K · d] and bias [n] at the end. */
  readonly weights: Float32Array
  readonly bias: Float32Array
  /** Spent on steps, by the clock of the options. */
  readonly seconds: number
  /** Mean over the last batches, at most 100. */
  readonly loss: number
}

/**
 * Trains an experiment in this thread, from its start.
 * @throws {Error} "BackendError" for a backend that this machine does not have, "DataError" for images that can't be
 * read, "DivergedError" when the loss or its gradient stops being finite
 */
export async function trainRun(experiment: Experiment, options: TrainRunOptions): Promise<TrainedRun> {
  const { backend, assets, steps, clock = () => performance.now() / 1000, onProgress } = options
  await useBackend(backend, assets)
  const data = await new DataLoader(assets).load(experiment, () => undefined)
  const trainer = new Trainer(experiment, data)
  try {
    let seconds = 0
    let loss = NaN
    let start = clock()
    for await (const mean of trainSteps(trainer, steps)) {
      seconds += clock() - start
      loss = mean
      onProgress?.(steps === null ? Math.min(1, trainer.progress) : trainer.step / steps, trainer, loss)
      start = clock()
    }
    const { weights, bias } = await trainer.read()
    return { trainer, data, weights, bias, seconds, loss }
  } catch (error) {
    trainer.dispose()
    throw error
  }
}
