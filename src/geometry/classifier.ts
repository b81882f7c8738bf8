import type { Floats } from './floats'
import { dotProducts, LEAST_NORM, leastNorms, rowNorm } from './rows'

/** How a classifier decides, without margin. */
export interface Classifier {
  /** Class weights, row by row: K rows for each class, class by class. */
  readonly weights: Floats
  /** K; of the rows of a class the one at the smallest angle counts. */
  readonly subCenters: number
  /** One for each class; ignored unless `useBias`. */
  readonly bias: Floats
  readonly useBias: boolean
  readonly normalizeWeights: boolean
  readonly normalizeFeatures: boolean
  readonly scale: number
}

/** What a classifier makes of one feature, without margin; one number for each class. */
export interface Answer {
  /** The row of W that counts: of several vectors of a class the one at the smallest angle. */
  readonly rows: Uint32Array
  /** cos θ_j to that row, from −1 to 1. */
  readonly cosines: Float64Array
  readonly logits: Float64Array
}

/** A classifier that answers one feature after the other; an answer is there until the next. */
export class Answering implements Answer {
  readonly rows: Uint32Array
  readonly cosines: Float64Array
  readonly logits: Float64Array
  private readonly dots: Float64Array
  private readonly cosineOf = (row: number): number => this.dots[row]!

  /**
   * @param classifier may change its numbers in place, but for class weights
   * @param weightNorms the length of each row of W, above 0
   */
  constructor(
    private readonly classifier: Classifier,
    private readonly dimension: number,
    readonly weightNorms: ArrayLike<number> = leastNorms(classifier.weights, dimension),
  ) {
    const classes = weightNorms.length / classifier.subCenters
    this.rows = new Uint32Array(classes)
    this.cosines = new Float64Array(classes)
    this.logits = new Float64Array(classes)
    this.dots = new Float64Array(weightNorms.length)
  }

  /**
   * @param features the feature begins at `at`
   * @param norm its length, above 0
   */
  read(features: Floats, at: number, norm = rowNorm(features, at, this.dimension, LEAST_NORM)): Answer {
    const { classifier, weightNorms, dots, rows, cosines, logits } = this
    const { weights, subCenters, bias, useBias, normalizeWeights, normalizeFeatures, scale } = classifier
    dotProducts(features, at, weights, this.dimension, dots)
    for (let row = 0; row < dots.length; row++) dots[row]! /= norm * weightNorms[row]!
    const u = normalizeFeatures ? scale : norm
    for (let j = 0; j < logits.length; j++) {
      const row = nearestRow(j, subCenters, this.cosineOf)
      const cosine = Math.min(1, Math.max(-1, dots[row]!))
      rows[j] = row
      cosines[j] = cosine
      logits[j] = u * (normalizeWeights ? 1 : weightNorms[row]!) * cosine + (useBias ? bias[j]! : 0)
    }
    return this
  }
}

/** Of the K rows of class j the one with the largest cosine, the first of equal ones. */
export function nearestRow(j: number, subCenters: number, cosineOf: (row: number) => number): number {
  const first = j * subCenters
  if (subCenters === 1) return first
  let nearest = first
  let largest = -Infinity
  for (let row = first; row < first + subCenters; row++) {
    const cosine = cosineOf(row)
    // What is not a number shows too.
    if (cosine <= largest) continue
    nearest = row
    largest = cosine
  }
  return nearest
}
