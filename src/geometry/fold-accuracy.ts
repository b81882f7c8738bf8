import type { Pairs } from './verification-pairs'

/** Accuracy by cross-validation over folds. */
export interface FoldAccuracy {
  readonly mean: number
  /** Of the mean: the deviation between the folds over √folds (Huang et al. 2007, eq. 2 and 3). */
  readonly standardError: number
  /** For each fold, and the threshold chosen on the others. */
  readonly accuracies: readonly number[]
  readonly thresholds: readonly number[]
}

/**
 * The protocol of LFW (Huang et al. 2007): for each fold the threshold that is best on the other folds, tried on
 * this one. A pair is called the same when its score is at least the threshold.
 * @param scores one for each pair; larger is more alike
 * @returns null when a fold is empty, there is only one, or a score is not finite
 */
export function foldAccuracy(scores: ArrayLike<number>, { same, fold, folds }: Pairs): FoldAccuracy | null {
  const sizes = new Uint32Array(folds)
  for (let i = 0; i < scores.length; i++) {
    if (!Number.isFinite(scores[i]!)) return null
    sizes[fold[i]!]!++
  }
  if (folds < 2 || sizes.some((size) => size === 0)) return null
  const order = Uint32Array.from({ length: scores.length }, (_, i) => i)
  order.sort((a, b) => scores[b]! - scores[a]!)
  const thresholds = Array.from({ length: folds }, (_, held) =>
    bestThreshold(scores, same, order, (pair) => fold[pair] !== held),
  )
  const right = new Uint32Array(folds)
  for (let i = 0; i < scores.length; i++) {
    const said = scores[i]! >= thresholds[fold[i]!]! ? 1 : 0
    if (said === same[i]) right[fold[i]!]!++
  }
  const accuracies = Array.from(right, (count, k) => count / sizes[k]!)
  const mean = accuracies.reduce((sum, value) => sum + value, 0) / folds
  const variance = accuracies.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (folds - 1)
  return { mean, standardError: Math.sqrt(variance / folds), accuracies, thresholds }
}

/**
 * The threshold with the most right answers among the pairs that count: halfway between two scores, the highest
 * where several are as good.
 * @param order of the pairs, by falling score
 */
function bestThreshold(
  scores: ArrayLike<number>,
  same: ArrayLike<number>,
  order: Uint32Array,
  counts: (pair: number) => boolean,
): number {
  // Against calling everything different: one more right for each same pair accepted, one less for each other.
  let gain = 0
  let best = 0
  let threshold = Infinity
  let last = NaN
  // A threshold can lie only where the score changes.
  for (const pair of order) {
    if (!counts(pair)) continue
    const score = scores[pair]!
    if (score !== last && gain > best) {
      best = gain
      threshold = between(score, last)
    }
    gain += same[pair] ? 1 : -1
    last = score
  }
  return gain > best ? last : threshold
}

/** Halfway, and never at the lower one, where two neighbouring numbers have nothing between them. */
function between(low: number, high: number): number {
  const middle = low + (high - low) / 2
  return middle > low ? middle : high
}
