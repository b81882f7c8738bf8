import { answerConfidence } from './confidence'
import { coverageAtPrecision } from './coverage'
import type { Classifier } from './classifier'
import { headAndTail, recallByClass } from './recall'

/** A class with at most this part of the largest class's images is one of the tail, as for the UP loss. */
export const TAIL_FRACTION = 0.2

/** How well classes with many and with few training images are recognised. All are shares from 0 to 1, or NaN. */
export interface TailMeasures {
  /** Of each class. */
  readonly recall: Float32Array
  /** Means over the classes. */
  readonly head: number
  readonly tail: number
  /** Of the tail's samples, those that are answered at 99 % precision (Guo and Zhang 2017). */
  readonly coverage: number
}

/**
 * @param features [n · dimension] of the samples
 * @param counts n_j, training images of each class
 */
export function measureTail(
  features: Float32Array,
  predicted: ArrayLike<number>,
  labels: ArrayLike<number>,
  counts: readonly number[],
  dimension: number,
  classifier: Classifier,
): TailMeasures {
  const most = TAIL_FRACTION * Math.max(...counts)
  const recall = recallByClass(predicted, labels, counts.length)
  const inTail = Array.from({ length: labels.length }, (_, i) => i).filter((i) => counts[labels[i]!]! <= most)
  const rows = new Float32Array(inTail.length * dimension)
  inTail.forEach((i, at) => rows.set(features.subarray(i * dimension, (i + 1) * dimension), at * dimension))
  const right = inTail.map((i) => (predicted[i] === labels[i] ? 1 : 0))
  const answered = coverageAtPrecision(answerConfidence(rows, dimension, classifier), right)
  return { recall, ...headAndTail(recall, counts, most), coverage: answered?.coverage ?? NaN }
}
