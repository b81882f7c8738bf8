import { useBackend } from '../src/engine/backends'
import type { Experiment } from '../src/engine/config'
import { DataLoader } from '../src/engine/data-loader'
import { trainSteps } from '../src/engine/train-steps'
import { Trainer } from '../src/engine/trainer'
import type { ImageSet } from '../src/io/dataset-file'
import { nodeAssets } from './node-assets'

export interface TrainedRun {
  readonly trainer: Trainer
  readonly data: ImageSet
  /** Class weights [n · d] and bias [n] at the end. */
  readonly weights: Float32Array
  readonly bias: Float32Array
  /** Spent on steps, by the clock. */
  readonly seconds: number
  /** Spent on steps by this process alone, whatever else the machine does. */
  readonly processorSeconds: number
  /** Mean over the last batches, at most 100. */
  readonly loss: number
}

/**
 * Trains to the end of the plan, or for `steps` steps.
 * @param onProgress is told after every 100 steps how much is done, from 0 to 1
 * @throws {Error} when the loss or its gradient stops being finite.
 */
export async function trainRun(
  experiment: Experiment,
  backend: 'wasm' | 'cpu',
  steps: number | null,
  onProgress: (fraction: number, trainer: Trainer, loss: number) => void = () => undefined,
): Promise<TrainedRun> {
  await useBackend(backend, nodeAssets)
  const data = await new DataLoader(nodeAssets).load(experiment, () => undefined)
  const trainer = new Trainer(experiment, data)
  let seconds = 0
  let processorSeconds = 0
  let loss = NaN
  let start = performance.now()
  let processorStart = process.cpuUsage()
  for await (const mean of trainSteps(trainer, steps)) {
    seconds += (performance.now() - start) / 1000
    const { user, system } = process.cpuUsage(processorStart)
    processorSeconds += (user + system) / 1e6
    loss = mean
    onProgress(steps === null ? trainer.progress : trainer.step / steps, trainer, loss)
    start = performance.now()
    processorStart = process.cpuUsage()
  }
  const { weights, bias } = await trainer.read()
  return { trainer, data, weights, bias, seconds, processorSeconds, loss }
}
