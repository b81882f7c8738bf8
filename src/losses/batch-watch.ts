import type { Act } from './forms/act'
import type { TermSetting, TermValues } from './forms/base'
import { fillSquaredDistances, type PairTerm } from './forms/pairs'
import { toUnitLength } from './seen-features'
import { TERMS } from './term-registry'

/** Looks at some of many points as a batch of a term, with the term's own code; keeps its buffers. */
export class BatchWatch {
  /** The class of each sample of the batch. */
  readonly labels: number[] = []
  /** ‖x_i − x_j‖², B × B, of features as the term sees them. */
  squared = new Float64Array(0)
  /** [B · d], as the term sees them. */
  features = new Float64Array(0)
  private coefficients = new Float64Array(0)

  /**
   * Sets the batch that `evaluate` is of.
   * @param points places of its samples among all points
   * @param labels of all points
   * @param features of all points, `dimension` each
   */
  setBatch(
    { normalized }: Pick<TermSetting, 'normalized'>,
    points: readonly number[],
    labels: ArrayLike<number>,
    features: Float32Array,
    dimension: number,
  ): void {
    const size = points.length
    if (this.features.length !== size * dimension) this.features = new Float64Array(size * dimension)
    if (this.squared.length !== size * size) {
      this.squared = new Float64Array(size * size)
      this.coefficients = new Float64Array(size * size)
    }
    this.labels.length = size
    for (let place = 0; place < size; place++) {
      const i = points[place]!
      this.labels[place] = labels[i]!
      for (let k = 0; k < dimension; k++) this.features[place * dimension + k] = features[i * dimension + k]!
    }
    if (normalized) toUnitLength(this.features, dimension)
    fillSquaredDistances(this.squared, this.features, size)
  }

  /**
   * Evaluates a pair term on the batch.
   * @param act is told which samples act on each other, by their places in the batch
   * @returns the value
   * @throws {RangeError} when the term is not one of pairs
   */
  evaluate(setting: Pick<TermSetting, 'kind'> & TermValues, act?: Act): number {
    const { labels, squared, coefficients } = this
    coefficients.fill(0)
    return pairTerm(setting.kind).evaluate(
      { size: labels.length, labels, squared },
      setting,
      coefficients,
      act,
    )
  }
}

/** @throws {RangeError} when the term is not one of pairs */
export function pairTerm(kind: string): PairTerm {
  const term = TERMS.get(kind)
  if (term.form !== 'pairs') throw new RangeError(`the term "${term.id}" is not one of pairs`)
  return term
}
