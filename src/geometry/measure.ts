/** How a classifier decides, without margin: what measure needs to know of a head. */
export interface Classifier {
  /** Class weights, row by row: K rows for each class, class by class. */
  readonly weights: Float32Array
  /** K; of the rows of a class the one at the smallest angle counts. */
  readonly subCenters: number
  /** One for each class; ignored unless `useBias`. */
  readonly bias: Float32Array
  readonly useBias: boolean
  readonly normalizeWeights: boolean
  readonly normalizeFeatures: boolean
  readonly scale: number
}

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

const LEAST_NORM = 1e-12

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
  const count = labels.length
  const { weights, subCenters, bias, scale } = classifier
  const classes = weights.length / dimension / subCenters
  const weightNorms = rowNorms(weights, dimension)
  const dots = new Float64Array(weightNorms.length)
  rowNorms(features, dimension, result.norm)
  for (let i = 0; i < count; i++) {
    const label = labels[i]!
    const norm = Math.max(result.norm[i]!, LEAST_NORM)
    dotProducts(features, i * dimension, weights, dimension, dots)
    let bestLogit = -Infinity
    let otherCosine = -Infinity
    for (let j = 0; j < classes; j++) {
      let nearest = j * subCenters
      let cosine = -Infinity
      for (let row = nearest; row < (j + 1) * subCenters; row++) {
        const along = Math.min(1, Math.max(-1, dots[row]! / (norm * Math.max(weightNorms[row]!, LEAST_NORM))))
        if (along <= cosine) continue
        cosine = along
        nearest = row
      }
      const length = classifier.normalizeWeights ? 1 : weightNorms[nearest]!
      const logit =
        (classifier.normalizeFeatures ? scale : norm) * length * cosine + (classifier.useBias ? bias[j]! : 0)
      if (logit > bestLogit) {
        bestLogit = logit
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

/**
 * x · w for the vector x that begins at `at`, and each row w of `rows`: four at a time, which do not wait for each
 * other.
 */
function dotProducts(
  features: Float32Array,
  at: number,
  rows: Float32Array,
  dimension: number,
  dots: Float64Array,
): void {
  let row = 0
  for (; row + 4 <= dots.length; row += 4) {
    const first = row * dimension
    const second = first + dimension
    const third = first + 2 * dimension
    const fourth = first + 3 * dimension
    let a = 0
    let b = 0
    let c = 0
    let d = 0
    for (let k = 0; k < dimension; k++) {
      const x = features[at + k]!
      a += x * rows[first + k]!
      b += x * rows[second + k]!
      c += x * rows[third + k]!
      d += x * rows[fourth + k]!
    }
    dots[row] = a
    dots[row + 1] = b
    dots[row + 2] = c
    dots[row + 3] = d
  }
  for (; row < dots.length; row++) {
    let dot = 0
    for (let k = 0; k < dimension; k++) dot += features[at + k]! * rows[row * dimension + k]!
    dots[row] = dot
  }
}

/** The length of each row. @param norms receives it */
export function rowNorms(
  rows: Float32Array,
  dimension: number,
  norms: Float32Array = new Float32Array(rows.length / dimension),
): Float32Array {
  for (let i = 0; i < norms.length; i++) {
    let sum = 0
    for (let k = 0; k < dimension; k++) sum += rows[i * dimension + k]! ** 2
    norms[i] = Math.sqrt(sum)
  }
  return norms
}

/** The smallest angle between rows of two classes, each of which has `subCenters` rows, in radians. */
export function smallestAngle(rows: Float32Array, dimension: number, subCenters: number): number {
  const norms = rowNorms(rows, dimension)
  let largest = -1
  for (let i = 0; i < norms.length; i++) {
    const ownFirst = i - (i % subCenters)
    for (let j = 0; j < ownFirst; j++) {
      let dot = 0
      for (let k = 0; k < dimension; k++) dot += rows[i * dimension + k]! * rows[j * dimension + k]!
      largest = Math.max(largest, dot / Math.max(norms[i]! * norms[j]!, LEAST_NORM))
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
