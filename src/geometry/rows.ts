import type { Floats } from './floats'

/** Lengths count as at least this where they are divided by, so that a cosine to the zero vector is 0. */
export const LEAST_NORM = 1e-12

/**
 * Lengths count as at least this in what trains: gradients fall with one over the length, and are to stay finite in
 * single precision.
 */
export const LEAST_TRAINED_NORM = 1e-6

/** The length of each row. @param norms receives it */
export function rowNorms(
  rows: Floats,
  dimension: number,
  norms: Float32Array = new Float32Array(rows.length / dimension),
): Float32Array {
  for (let i = 0; i < norms.length; i++) norms[i] = rowNorm(rows, i * dimension, dimension)
  return norms
}

/** As `rowNorms`, at least LEAST_NORM. */
export function leastNorms(rows: Floats, dimension: number): Float32Array {
  const norms = rowNorms(rows, dimension)
  for (let i = 0; i < norms.length; i++) norms[i] = Math.max(norms[i]!, LEAST_NORM)
  return norms
}

/** The length of the row that begins at `at`, which counts as at least `least`. */
export function rowNorm(rows: Floats, at: number, dimension: number, least = 0): number {
  let square = 0
  for (let k = at; k < at + dimension; k++) square += rows[k]! * rows[k]!
  return Math.max(Math.sqrt(square), least)
}

/**
 * x · w for the vector x that begins at `at`, and each row w of `rows`: four at a time, which do not wait for each
 * other.
 */
export function dotProducts(
  features: Floats,
  at: number,
  rows: Floats,
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
