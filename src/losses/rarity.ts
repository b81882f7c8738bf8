/** n_min / n_j; 1 for a class without samples. */
export function rarities(counts: readonly number[]): number[] {
  const least = counts.reduce((m, count) => (count > 0 ? Math.min(m, count) : m), Infinity)
  return counts.map((count) => (count > 0 ? least / count : 1))
}

/** The classes that have less than `fraction` of the images of the largest class; none where all have as many. */
export function classesWithFew(rarity: ArrayLike<number>, fraction: number): number[] {
  const classes = Array.from({ length: rarity.length }, (_, j) => j)
  const ofLargest = classes.reduce((m, j) => Math.min(m, rarity[j]!), Infinity)
  return classes.filter((j) => fraction * rarity[j]! > ofLargest)
}
