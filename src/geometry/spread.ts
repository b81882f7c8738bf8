import type { Random } from './random'

/**
 * `count` unit vectors spread as evenly as they go: in 2-D exactly, at equal angles in class order from a
 * random first one; beyond, by repulsion from a random start (the Thomson problem with energy 1/distance²),
 * which finds the regular simplex where count ≤ dimension + 1.
 * @returns count × dimension, row by row.
 */
export function spreadDirections(count: number, dimension: number, random: Random): Float32Array {
  if (dimension === 2) return circle(count, 2 * Math.PI * random.uniform())
  let points = Float64Array.from({ length: count * dimension }, () => random.normal())
  normalizeRows(points, dimension)
  let step = 0.1
  let energy = Infinity
  for (let i = 0; i < 400 && step > 1e-6; i++) {
    const [e, force] = repulsion(points, count, dimension)
    // The step grows while the energy falls and is halved when it does not.
    step *= e < energy ? 1.1 : 0.5
    energy = e
    const length = step / Math.max(Math.hypot(...force) / Math.sqrt(count), 1e-12)
    points = points.map((value, k) => value + length * force[k]!)
    normalizeRows(points, dimension)
  }
  return Float32Array.from(points)
}

function circle(count: number, first: number): Float32Array {
  const directions = new Float32Array(2 * count)
  for (let j = 0; j < count; j++) {
    const angle = first + (2 * Math.PI * j) / count
    directions[2 * j] = Math.cos(angle)
    directions[2 * j + 1] = Math.sin(angle)
  }
  return directions
}

/** Energy Σ 1/r² over pairs, and the force on each point along the sphere. */
function repulsion(points: Float64Array, count: number, dimension: number): [number, Float64Array] {
  const force = new Float64Array(points.length)
  let energy = 0
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < i; j++) {
      let r2 = 1e-9
      for (let k = 0; k < dimension; k++) r2 += (points[i * dimension + k]! - points[j * dimension + k]!) ** 2
      energy += 1 / r2
      for (let k = 0; k < dimension; k++) {
        const f = (points[i * dimension + k]! - points[j * dimension + k]!) / (r2 * r2)
        force[i * dimension + k]! += f
        force[j * dimension + k]! -= f
      }
    }
  }
  for (let i = 0; i < count; i++) {
    let radial = 0
    for (let k = 0; k < dimension; k++) radial += force[i * dimension + k]! * points[i * dimension + k]!
    for (let k = 0; k < dimension; k++) force[i * dimension + k]! -= radial * points[i * dimension + k]!
  }
  return [energy, force]
}

function normalizeRows(points: Float64Array, dimension: number): void {
  for (let i = 0; i < points.length; i += dimension) {
    let norm = 0
    for (let k = 0; k < dimension; k++) norm += points[i + k]! ** 2
    norm = Math.sqrt(norm) || 1
    for (let k = 0; k < dimension; k++) points[i + k]! /= norm
  }
}
