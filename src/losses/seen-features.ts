import { LEAST_TRAINED_NORM, rowNorm } from '../geometry/rows'
import type { Floats } from '../geometry/floats'

/** Features of a batch, row by row, as a term sees them, with the norms that they had. */
interface SeenFeatures {
  readonly values: Float64Array
  /** The norm of each row, or null where they were not divided by it. */
  readonly norms: Float64Array | null
}

export function seenFeatures(
  features: ArrayLike<number>,
  dimension: number,
  normalized: boolean,
): SeenFeatures {
  const values = Float64Array.from(features)
  return { values, norms: normalized ? toUnitLength(values, dimension) : null }
}

/** Divides each row by its norm. @returns the norms */
export function toUnitLength(values: Float64Array, dimension: number): Float64Array {
  const norms = new Float64Array(values.length / dimension)
  for (let i = 0; i < norms.length; i++) {
    const row = values.subarray(i * dimension, (i + 1) * dimension)
    norms[i] = rowNorm(row, 0, dimension, LEAST_TRAINED_NORM)
    row.forEach((v, k) => {
      row[k] = v / norms[i]!
    })
  }
  return norms
}

/**
 * Adds λ times the gradient with respect to the features as they were, where `own` is that with respect to the
 * features as they are seen: of unit features u the part of it that is perpendicular to u, divided by the norm.
 */
export function addSeenGradient(
  gradient: Floats,
  weight: number,
  { values, norms }: SeenFeatures,
  dimension: number,
  own: Float64Array,
): void {
  for (let at = 0; at < values.length; at += dimension) {
    let along = 0
    if (norms) for (let k = 0; k < dimension; k++) along += own[at + k]! * values[at + k]!
    const factor = weight / (norms?.[at / dimension] ?? 1)
    for (let k = 0; k < dimension; k++) gradient[at + k]! += factor * (own[at + k]! - along * values[at + k]!)
  }
}
