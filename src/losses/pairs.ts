import type { Floats } from '../geometry/floats'
import { TERMS } from './term-registry'
import type { Act, PairBatch, TermSetting } from './term'

/** Norms count as at least this. */
export const LEAST_NORM = 1e-6

/** The value of a pair term in a batch, and its derivatives with respect to the squared distances [B · B]. */
export interface PairResult {
  readonly value: number
  readonly coefficients: Float64Array
}

/** Features of a batch, row by row, as a term sees them, with the norms that they had. */
export interface SeenFeatures {
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
    norms[i] = Math.max(Math.sqrt(row.reduce((sum, v) => sum + v * v, 0)), LEAST_NORM)
    row.forEach((v, k) => {
      row[k] = v / norms[i]!
    })
  }
  return norms
}

/**
 * Evaluates a pair term.
 * @param act is told which samples act on each other now
 * @throws {RangeError} when the term is not one of pairs
 */
export function evaluatePairs(
  setting: TermSetting,
  { values }: SeenFeatures,
  labels: ArrayLike<number>,
  act?: Act,
): PairResult {
  const term = TERMS.get(setting.kind)
  if (term.form !== 'pairs') throw new RangeError(`the term "${term.id}" is not one of pairs`)
  const size = labels.length
  const squared = new Float64Array(size * size)
  fillSquaredDistances(squared, values, size)
  const batch: PairBatch = { size, labels, squared }
  const coefficients = new Float64Array(size * size)
  return { value: term.evaluate(batch, setting, coefficients, act), coefficients }
}

/** Writes ‖x_i − x_j‖² of the `size` rows of `values` into `squared`, whose diagonal stays 0. */
export function fillSquaredDistances(squared: Float64Array, values: Float64Array, size: number): void {
  const dimension = values.length / size
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) {
      let sum = 0
      for (let k = 0; k < dimension; k++)
        sum += (values[i * dimension + k]! - values[j * dimension + k]!) ** 2
      squared[i * size + j] = squared[j * size + i] = sum
    }
  }
}

/**
 * Adds λ times the gradient with respect to the features as they were: Σ_j 2(c_ij + c_ji)(x_i − x_j), and of
 * unit features u the part of that which is perpendicular to u, divided by the norm.
 */
export function addPairGradient(
  gradient: Floats,
  weight: number,
  { values, norms }: SeenFeatures,
  coefficients: Float64Array,
): void {
  const size = Math.sqrt(coefficients.length)
  const dimension = values.length / size
  const own = new Float64Array(dimension)
  for (let i = 0; i < size; i++) {
    const at = i * dimension
    own.fill(0)
    for (let j = 0; j < size; j++) {
      const c = 2 * (coefficients[i * size + j]! + coefficients[j * size + i]!)
      if (c === 0) continue
      for (let k = 0; k < dimension; k++) own[k]! += c * (values[at + k]! - values[j * dimension + k]!)
    }
    const along = norms ? own.reduce((sum, v, k) => sum + v * values[at + k]!, 0) : 0
    const factor = weight / (norms?.[i] ?? 1)
    for (let k = 0; k < dimension; k++) gradient[at + k]! += factor * (own[k]! - along * values[at + k]!)
  }
}
