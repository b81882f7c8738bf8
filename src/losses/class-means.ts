import type { PairBatch } from './forms/pairs'

/** The samples of each class in a batch, by class. */
export function membersOf(labels: ArrayLike<number>): number[][] {
  const members = new Map<number, number[]>()
  for (let i = 0; i < labels.length; i++) {
    const own = members.get(labels[i]!)
    if (own) own.push(i)
    else members.set(labels[i]!, [i])
  }
  return [...members].sort(([a], [b]) => a - b).map(([, own]) => own)
}

/** The two classes with the nearest means, or null when there are not two. */
export function nearestMeans(
  { size, squared }: Pick<PairBatch, 'size' | 'squared'>,
  members: readonly (readonly number[])[],
): { a: readonly number[]; b: readonly number[]; square: number } | null {
  let nearest: ReturnType<typeof nearestMeans> = null
  members.forEach((a, first) => {
    for (const b of members.slice(first + 1)) {
      let square = 0
      eachShare(size, a, b, (at, share) => {
        square += share * squared[at]!
      })
      square = Math.max(square, 0)
      if (!nearest || square < nearest.square) nearest = { a, b, square }
    }
  })
  return nearest
}

/**
 * ‖μ_a − μ_b‖² of the means of two sets is a sum over squared distances: those between the sets count
 * 1/(n_a n_b), those within a set −1/n².
 */
export function eachShare(
  size: number,
  a: readonly number[],
  b: readonly number[],
  visit: (at: number, share: number) => void,
): void {
  for (const i of a) {
    for (const j of b) visit(Math.min(i, j) * size + Math.max(i, j), 1 / (a.length * b.length))
  }
  for (const own of [a, b]) {
    own.forEach((i, r) => {
      for (const j of own.slice(r + 1)) visit(i * size + j, -1 / own.length ** 2)
    })
  }
}
