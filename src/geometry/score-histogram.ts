import { fillHistogram } from './histogram'
import { splitScores } from './roc'

/** How often each score occurs, for pairs of the same and of different identities, over the same bins. */
export interface ScoreHistogram {
  readonly low: number
  readonly high: number
  /** [bins] shares of the pairs of a kind; each sums to 1. */
  readonly same: Float32Array
  readonly different: Float32Array
}

/**
 * @param range of the bins, −1 to 1 for cosines; what lies outside counts into the outermost ones
 * @returns null unless there are pairs of both kinds and all scores are finite
 */
export function scoreHistogram(
  scores: ArrayLike<number>,
  same: ArrayLike<number>,
  bins: number,
  [low, high]: readonly [number, number] = [-1, 1],
): ScoreHistogram | null {
  const split = splitScores(scores, same)
  if (!split) return null
  const shares = (values: Float64Array): Float32Array => {
    const counts = new Float32Array(bins)
    fillHistogram(counts, values, values.length, low, high)
    return counts.map((count) => count / values.length)
  }
  return { low, high, same: shares(split.same), different: shares(split.different) }
}
