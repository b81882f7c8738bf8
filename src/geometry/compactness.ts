import { rowNorms } from './rows'

/** Rows at length 1; a row of zeros stays. */
export function unitRows(rows: Float32Array, dimension: number): Float32Array {
  const norms = rowNorms(rows, dimension)
  return rows.map((value, i) => value / (norms[Math.floor(i / dimension)]! || 1))
}

/**
 * How compact classes are for how far apart they lie: the mean distance of a row to the mean of its class, divided
 * by the smallest distance between the means of two classes. 0 is points; from about ½ on, neighbours run into
 * each other. Infinite where two classes have the same mean.
 * @param rows [labels.length · dimension]; every class up to `classes` has at least one
 */
export function intraToInterRatio(
  rows: Float32Array,
  labels: ArrayLike<number>,
  dimension: number,
  classes: number,
): number {
  const means = classMeans(rows, labels, dimension, classes)
  let intra = 0
  for (let i = 0; i < labels.length; i++) intra += distance(rows, i, means, labels[i]!, dimension)
  let inter = Infinity
  for (let j = 0; j < classes; j++) {
    for (let k = 0; k < j; k++) inter = Math.min(inter, distance(means, j, means, k, dimension))
  }
  return intra / labels.length / inter
}

function classMeans(
  rows: Float32Array,
  labels: ArrayLike<number>,
  dimension: number,
  classes: number,
): Float64Array {
  const means = new Float64Array(classes * dimension)
  const counts = new Float64Array(classes)
  for (let i = 0; i < labels.length; i++) {
    counts[labels[i]!]!++
    for (let k = 0; k < dimension; k++) means[labels[i]! * dimension + k]! += rows[i * dimension + k]!
  }
  return means.map((sum, i) => sum / counts[Math.floor(i / dimension)]!)
}

function distance(
  a: ArrayLike<number>,
  i: number,
  b: ArrayLike<number>,
  j: number,
  dimension: number,
): number {
  let sum = 0
  for (let k = 0; k < dimension; k++) sum += (a[i * dimension + k]! - b[j * dimension + k]!) ** 2
  return Math.sqrt(sum)
}
