import type { Random } from './random'

/**
 * Follows the three directions along which vectors from the origin vary most (uncentred principal
 * components, as directions from the origin are what a head sees) by orthogonal iteration, warm-started from
 * the last directions: cheap, and free of the jumps and flips of an eigensolver called anew.
 */
export class PrincipalAxes {
  /** 3 × dimension, orthonormal rows. */
  readonly axes: Float32Array

  constructor(
    private readonly dimension: number,
    random: Random,
  ) {
    this.axes = Float32Array.from({ length: 3 * dimension }, () => random.normal())
    this.orthonormalize()
  }

  /** Turns the axes towards those of `vectors` (rows of `dimension`). */
  follow(vectors: Float32Array, iterations = 3): void {
    const { dimension: d, axes } = this
    const next = new Float64Array(axes.length)
    for (let i = 0; i < iterations; i++) {
      next.fill(0)
      for (let row = 0; row < vectors.length; row += d) {
        for (let a = 0; a < axes.length; a += d) {
          let dot = 0
          for (let k = 0; k < d; k++) dot += vectors[row + k]! * axes[a + k]!
          for (let k = 0; k < d; k++) next[a + k]! += dot * vectors[row + k]!
        }
      }
      axes.set(next)
      this.orthonormalize()
    }
  }

  /** Gram and Schmidt; a direction that vanishes becomes a unit vector that the others do not hold. */
  private orthonormalize(): void {
    const { dimension: d, axes } = this
    for (let a = 0; a < 3; a++) {
      const row = axes.subarray(a * d, (a + 1) * d)
      if (!removeAndNormalize(row, axes, a, d)) {
        for (let k = 0; k < d; k++) {
          row.fill(0)
          row[k] = 1
          if (removeAndNormalize(row, axes, a, d)) break
        }
      }
    }
  }
}

/**
 * Places the first `count` rows of `from` (`dimension` numbers each) in three directions, 3 numbers each in `to`:
 * along `axes`, or where that is null as they are, with 0 for what a plane has not.
 */
export function project(
  to: Float32Array,
  from: Float32Array,
  count: number,
  dimension: number,
  axes: Float32Array | null,
): void {
  for (let i = 0; i < count; i++) {
    for (let a = 0; a < 3; a++) {
      let value = 0
      if (axes)
        for (let k = 0; k < dimension; k++) value += from[i * dimension + k]! * axes[a * dimension + k]!
      else if (a < dimension) value = from[i * dimension + a]!
      to[3 * i + a] = value
    }
  }
}

/** Removes from `row` its parts along the first `count` axes; false when next to nothing is left. */
function removeAndNormalize(row: Float32Array, axes: Float32Array, count: number, d: number): boolean {
  const before = Math.hypot(...row)
  for (let a = 0; a < count; a++) {
    let dot = 0
    for (let k = 0; k < d; k++) dot += row[k]! * axes[a * d + k]!
    for (let k = 0; k < d; k++) row[k]! -= dot * axes[a * d + k]!
  }
  const norm = Math.hypot(...row)
  if (!(norm > 1e-5 * before)) return false
  for (let k = 0; k < d; k++) row[k]! /= norm
  return true
}
