import type { Floats } from '../geometry/floats'

/** Class weights and how many images there are of each class. */
export interface WeightedClasses {
  /** [n · K · d], class by class. */
  readonly weights: Floats
  /** n_min / n_j. */
  readonly rarity: Floats
  /** K */
  readonly subCenters: number
}

/** n_min / n_j; 1 for a class without samples. */
export function rarities(counts: readonly number[]): number[] {
  const least = Math.min(...counts.filter((count) => count > 0))
  return counts.map((count) => (count > 0 ? least / count : 1))
}

/** The classes that have less than `fraction` of the images of the largest class; none where all have as many. */
export function classesWithFew(rarity: ArrayLike<number>, fraction: number): number[] {
  const classes = Array.from({ length: rarity.length }, (_, j) => j)
  const ofLargest = Math.min(...Array.from(rarity))
  return classes.filter((j) => fraction * rarity[j]! > ofLargest)
}

/**
 * UP: the mean of (‖w‖² − α)² over the class vectors of classes with few images, with α the mean of ‖w‖² over
 * the others, held constant (Guo and Zhang 2017, eq. 5). Adds λ times its gradient to `gradient` [n · K · d].
 * @returns the value, 0 where no class has few
 */
export function promoteClasses(
  { weights, rarity, subCenters }: WeightedClasses,
  fraction: number,
  weight: number,
  gradient: Floats,
): number {
  const rows = rarity.length * subCenters
  const dimension = weights.length / rows
  const few = new Set(classesWithFew(rarity, fraction))
  if (few.size === 0) return 0
  const promoted = few.size * subCenters
  const isPromoted = (row: number): boolean => few.has(Math.floor(row / subCenters))
  const squares = new Float64Array(rows)
  for (let at = 0; at < weights.length; at++)
    squares[Math.floor(at / dimension)]! += weights[at]! * weights[at]!
  const alpha = squares.reduce((sum, s, row) => sum + (isPromoted(row) ? 0 : s), 0) / (rows - promoted)
  let value = 0
  for (let row = 0; row < rows; row++) {
    if (!isPromoted(row)) continue
    const away = squares[row]! - alpha
    value += (away * away) / promoted
    for (let at = row * dimension; at < (row + 1) * dimension; at++) {
      gradient[at]! += ((4 * weight * away) / promoted) * weights[at]!
    }
  }
  return value
}
