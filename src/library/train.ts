import { parseExperiment } from '../engine/config'
import { classifierOf, readFeatures } from '../engine/evaluate'
import { trainRun } from '../engine/train-run'
import { accuracy, measure, smallestAngle } from '../geometry/measure'
import { checkedBackend, type BackendName } from './backend-name'
import type { Experiment, ExperimentInput } from './experiment'
import { nodeAssets } from './package-assets'

export interface TrainOptions {
  /** 'wasm' where it is left out; 'webgpu' is for browsers that have it. */
  readonly backend?: BackendName
  /** How many steps; to the end of the plan where it is left out. */
  readonly steps?: number
  /** Called after every 100 steps, and at the end. */
  readonly onProgress?: (progress: TrainProgress) => void
  /** Ends the training: then `train` rejects with the signal's reason. */
  readonly signal?: AbortSignal
}

export interface TrainProgress {
  readonly step: number
  readonly epochs: number
  /** Of the steps asked for, from 0 to 1. */
  readonly fraction: number
  /** Mean over the newest batches, at most 100. */
  readonly loss: number
}

/** What came of a run. n classes, K vectors of each, d features. */
export interface TrainedNetwork {
  readonly experiment: Experiment
  readonly steps: number
  /** Spent on steps. */
  readonly seconds: number
  /** Mean over the last batches, at most 100. */
  readonly loss: number
  /** From 0 to 1. */
  readonly testAccuracy: number
  /** Between vectors of two classes, in degrees. */
  readonly smallestAngle: number
  readonly dimension: number
  readonly subCenters: number
  readonly classNames: readonly string[]
  /** [n · K · d], class by class. */
  readonly weights: Float32Array
  /** [n] */
  readonly bias: Float32Array
  /** Of the held-out images [count · d], and their labels. */
  readonly features: Float32Array
  readonly labels: Uint8Array
}

/**
 * Trains a network in this thread, in Node or in a worker.
 * @throws {Error} "ConfigError" for an experiment that is not valid, "BackendError" for a backend that this machine
 * does not have, "DataError" for images that can't be read, "DivergedError" when the loss or its
 * gradient stops being finite, which says what the cause may be
 */
export async function train(input: ExperimentInput, options: TrainOptions = {}): Promise<TrainedNetwork> {
  const { onProgress, signal } = options
  const backend = checkedBackend(options.backend ?? 'wasm')
  const steps = checkedSteps(options.steps)
  const experiment = parseExperiment(input)
  const run = await trainRun(experiment, {
    backend,
    assets: nodeAssets,
    steps,
    onProgress: (fraction, { step, epochs }, loss) => {
      signal?.throwIfAborted()
      onProgress?.({ step, epochs, fraction, loss })
    },
  })
  const { trainer, data, weights, bias, seconds, loss } = run
  try {
    const { dimension, subCenters } = trainer.layout
    const features = await readFeatures(trainer, data.train, data.test)
    const labels = data.labels.slice(data.train, data.train + data.test)
    const { predicted } = measure(features, labels, dimension, classifierOf(trainer, weights, bias))
    return {
      experiment,
      steps: trainer.step,
      seconds,
      loss,
      testAccuracy: accuracy(predicted, labels),
      smallestAngle: (180 / Math.PI) * smallestAngle(weights, dimension, subCenters),
      dimension,
      subCenters,
      classNames: [...data.classes],
      weights,
      bias,
      features,
      labels,
    }
  } finally {
    trainer.dispose()
  }
}

function checkedSteps(steps: number | undefined): number | null {
  if (steps === undefined) return null
  if (Number.isSafeInteger(steps) && steps >= 1) return steps
  throw new RangeError(`steps must be a whole number of at least 1, and is ${steps}`)
}
