import { seenFeatures } from '../../losses/seen-features'

/** The two classes of a batch whose means are nearest, and the squared distance of these. */
export interface NearestMeans {
  readonly a: number
  readonly b: number
  readonly square: number
}

/**
 * @param labels of the batch @param points its places among all points
 * @param features of all points, `dimension` each
 * @returns null where the batch has one class
 */
export function nearestMeans(
  labels: readonly number[],
  points: readonly number[],
  features: Float32Array,
  dimension: number,
  normalized: boolean,
): NearestMeans | null {
  const means = new Map<number, { sum: Float64Array; count: number }>()
  points.forEach((i, place) => {
    const own = means.get(labels[place]!) ?? { sum: new Float64Array(dimension), count: 0 }
    const row = features.subarray(i * dimension, (i + 1) * dimension)
    seenFeatures(row, dimension, normalized).values.forEach((value, k) => {
      own.sum[k]! += value
    })
    own.count++
    means.set(labels[place]!, own)
  })
  const all = [...means]
  let nearest: NearestMeans | null = null
  all.forEach(([a, from], first) => {
    for (const [b, to] of all.slice(first + 1)) {
      let square = 0
      for (let k = 0; k < dimension; k++) square += (from.sum[k]! / from.count - to.sum[k]! / to.count) ** 2
      if (!nearest || square < nearest.square) nearest = { a, b, square }
    }
  })
  return nearest
}
