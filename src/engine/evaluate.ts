import type { Classifier } from '../geometry/classifier'
import { accuracy, measure } from '../geometry/measure'
import type { ImageSet } from '../io/dataset-file'
import type { Trainer } from './trainer'

/** Features [count · d] of images `first` to `first + count`, in chunks. */
export async function readFeatures(trainer: Trainer, first: number, count: number): Promise<Float32Array> {
  const { dimension } = trainer.layout
  const chunk = trainer.evaluationChunk
  const all = new Float32Array(count * dimension)
  for (let start = 0; start < count; start += chunk) {
    const features = trainer.features(first + start, Math.min(chunk, count - start))
    all.set(await features.data(), start * dimension)
    features.dispose()
  }
  return all
}

/** The classifier that a trainer's head is now. */
export function classifierOf(trainer: Trainer, weights: Float32Array, bias: Float32Array): Classifier {
  const { bias: useBias, normalizeWeights, normalizeFeatures, scale, subCenters } = trainer.head
  return { weights, subCenters, bias, useBias, normalizeWeights, normalizeFeatures, scale }
}

/** Accuracy on all training images as they are, and on the held-out ones; from 0 to 1. */
export async function evaluateAccuracy(
  trainer: Trainer,
  data: ImageSet,
  weights: Float32Array,
  bias: Float32Array,
): Promise<{ train: number; test: number }> {
  const classifier = classifierOf(trainer, weights, bias)
  const part = async (first: number, count: number): Promise<number> => {
    const features = await readFeatures(trainer, first, count)
    const labels = data.labels.subarray(first, first + count)
    return accuracy(measure(features, labels, trainer.layout.dimension, classifier).predicted, labels)
  }
  return { train: await part(0, data.train), test: await part(data.train, data.test) }
}
