import { intraToInterRatio, unitRows } from '../../src/geometry/compactness'
import { accuracy, measure, smallestAngle } from '../../src/geometry/measure'
import type { ImageSet } from '../../src/io/dataset-file'
import { classifierOf, readFeatures } from '../../src/engine/evaluate'
import type { Trainer } from '../../src/engine/trainer'

/** What a run has made of the held-out images. Angles in degrees. */
export interface FinalGeometry {
  /** From 0 to 1. */
  readonly testAccuracy: number
  /** Between vectors of two classes. */
  readonly smallestAngle: number
  /** Mean θ between a feature and the class vector of its label. */
  readonly targetAngle: number
  /** `intraToInterRatio` of the features at length 1, as faces are compared by their cosine. */
  readonly intraToInter: number
  /** Raw features [count · d] of the held-out images. */
  readonly features: Float32Array
  readonly labels: Uint8Array
}

/** Looks at all held-out images. @param weights [n · K · d] and `bias` [n], as `trainer.read` gives them */
export async function finalGeometry(
  trainer: Trainer,
  data: ImageSet,
  weights: Float32Array,
  bias: Float32Array,
): Promise<FinalGeometry> {
  const { dimension, subCenters } = trainer.layout
  const features = await readFeatures(trainer, data.train, data.test)
  const labels = data.labels.subarray(data.train, data.train + data.test)
  const { predicted, targetAngle } = measure(
    features,
    labels,
    dimension,
    classifierOf(trainer, weights, bias),
  )
  const degrees = 180 / Math.PI
  return {
    testAccuracy: accuracy(predicted, labels),
    smallestAngle: degrees * smallestAngle(weights, dimension, subCenters),
    targetAngle: (degrees * targetAngle.reduce((sum, angle) => sum + angle, 0)) / labels.length,
    intraToInter: intraToInterRatio(unitRows(features, dimension), labels, dimension, data.classes.length),
    features,
    labels,
  }
}
