import { Answering, type Classifier } from './classifier'
import { LEAST_NORM, leastNorms, rowNorms } from './rows'

/** What there is to know about each of n features. Angles in radians. */
export interface Measures {
  /** The class with the largest logit. */
  readonly predicted: Uint16Array
  /** θ to the class vector of the feature's label, the nearest of these where there are several. */
  readonly targetAngle: Float32Array
  /** The smallest θ to any other class vector, and whose it is. */
  readonly otherAngle: Float32Array
  readonly otherClass: Uint16Array
  /** ‖x‖ */
  readonly norm: Float32Array
}

/** Room for what there is to know about `count` features. */
export function emptyMeasures(count: number): Measures {
  return {
    predicted: new Uint16Array(count),
    targetAngle: new Float32Array(count),
    otherAngle: new Float32Array(count),
    otherClass: new Uint16Array(count),
    norm: new Float32Array(count),
  }
}

/**
 * Measures features [labels.length · dimension] against the class vectors.
 * @param result receives it
 */
export function measure(
  features: Float32Array,
  labels: ArrayLike<number>,
  dimension: number,
  classifier: Classifier,
  result = emptyMeasures(labels.length),
): Measures {
  const answering = new Answering(classifier, dimension)
  rowNorms(features, dimension, result.norm)
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!
    const norm = Math.max(result.norm[i]!, LEAST_NORM)
    const { cosines, logits } = answering.read(features, i * dimension, norm)
    let bestLogit = -Infinity
    let otherCosine = -Infinity
    for (let j = 0; j < logits.length; j++) {
      const cosine = cosines[j]!
      if (logits[j]! > bestLogit) {
        bestLogit = logits[j]!
        result.predicted[i] = j
      }
      if (j === label) {
        result.targetAngle[i] = Math.acos(cosine)
      } else if (cosine > otherCosine) {
        otherCosine = cosine
        result.otherClass[i] = j
      }
    }
    result.otherAngle[i] = Math.acos(otherCosine)
  }
  return result
}

/** The smallest angle between rows of two classes, each of which has `subCenters` rows, in radians. */
export function smallestAngle(rows: Float32Array, dimension: number, subCenters: number): number {
  const norms = leastNorms(rows, dimension)
  let largest = -1
  for (let i = 0; i < norms.length; i++) {
    const ownFirst = i - (i % subCenters)
    for (let j = 0; j < ownFirst; j++) {
      let dot = 0
      for (let k = 0; k < dimension; k++) dot += rows[i * dimension + k]! * rows[j * dimension + k]!
      largest = Math.max(largest, dot / (norms[i]! * norms[j]!))
    }
  }
  return Math.acos(Math.min(1, largest))
}

/** The fraction of labels that were predicted. */
export function accuracy(predicted: ArrayLike<number>, labels: ArrayLike<number>): number {
  let right = 0
  for (let i = 0; i < labels.length; i++) if (predicted[i] === labels[i]) right++
  return right / labels.length
}
