import { useBackend } from '../src/engine/backends'
import type { Experiment } from '../src/engine/config'
import { DataLoader } from '../src/engine/data-loader'
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
 * @throws {Error} when the loss stops being finite.
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
  const done = (): boolean => (steps === null ? trainer.progress >= 1 : trainer.step >= steps)
  let seconds = 0
  let processorSeconds = 0
  let loss = NaN
  while (!done()) {
    const start = performance.now()
    const processorStart = process.cpuUsage()
    for (let i = 0; i < 100 && !done(); i++) trainer.trainStep()
    const { losses } = (await trainer.read()).steps
    seconds += (performance.now() - start) / 1000
    const { user, system } = process.cpuUsage(processorStart)
    processorSeconds += (user + system) / 1e6
    loss = losses.reduce((sum, value) => sum + value, 0) / losses.length
    if (!Number.isFinite(loss)) throw new Error(`the loss stopped being finite before step ${trainer.step}`)
    onProgress(steps === null ? trainer.progress : trainer.step / steps, trainer, loss)
  }
  const { weights, bias } = await trainer.read()
  return { trainer, data, weights, bias, seconds, processorSeconds, loss }
}
