import { foldAccuracy, type FoldAccuracy } from './fold-accuracy'
import { scorePairs } from './pair-scores'
import { equalErrorRate, rocCurve, tarAtFar, type Roc, type TarAtFar } from './roc'
import { scoreHistogram, type ScoreHistogram } from './score-histogram'
import { balancedPairs, type Pairs } from './verification-pairs'

/**
 * Pairs drawn of each kind, where there are so many. LFW has 3,000; a false accept rate of 1e-3 needs 10,000 of
 * different identities before a single one of them no longer moves the result.
 */
const PAIRS_OF_EACH = 12_000

/** The false accept rates that are reported, of which 1e-3 is that of most papers. */
const FALSE_ACCEPT_RATES: readonly number[] = [1e-2, 1e-3]

const BINS = 80

/** How well features tell whether two pictures show the same identity, by the cosine between them. */
export interface Verification {
  readonly pairs: Pairs
  /** The cosine of each pair. */
  readonly scores: Float32Array
  readonly histogram: ScoreHistogram
  readonly roc: Roc
  /** null where there are too few pairs for the folds. */
  readonly accuracy: FoldAccuracy | null
  /** The threshold to decide by: the mean of those that the folds chose; without folds, that of equal errors. */
  readonly threshold: number
  readonly equalErrorRate: number
  /** For each of FALSE_ACCEPT_RATES. */
  readonly rates: readonly TarAtFar[]
  /** Different identities among the features. */
  readonly identities: number
}

/**
 * Verification by the protocol of LFW (Huang et al. 2007), on features from anywhere: pairs are drawn by the seed,
 * the same for the same labels, so that results of several networks can be compared.
 * @param features [n · dimension]
 * @param labels the identity of each of the n
 * @returns null where there are not both pairs of the same and of different identities, or a feature is not finite
 */
export function verify(
  features: Float32Array,
  dimension: number,
  labels: ArrayLike<number>,
  { seed = 1, each = PAIRS_OF_EACH }: { readonly seed?: number; readonly each?: number } = {},
): Verification | null {
  const pairs = balancedPairs(labels, { seed, each })
  const scores = scorePairs(features, dimension, pairs, 'cosine')
  const roc = rocCurve(scores, pairs.same)
  const histogram = scoreHistogram(scores, pairs.same, BINS)
  if (!roc || !histogram) return null
  const accuracy = foldAccuracy(scores, pairs)
  return {
    pairs,
    scores,
    histogram,
    roc,
    accuracy,
    threshold: accuracy ? meanThreshold(accuracy) : equalErrorThreshold(roc),
    equalErrorRate: equalErrorRate(roc),
    rates: FALSE_ACCEPT_RATES.map((far) => tarAtFar(roc, far)),
    identities: new Set(Array.from(labels)).size,
  }
}

/** A fold whose best is to accept nothing says 1, the strictest cosine. */
function meanThreshold({ thresholds }: FoldAccuracy): number {
  return thresholds.reduce((sum, value) => sum + Math.min(1, value), 0) / thresholds.length
}

/** The strictest threshold at which as many are accepted falsely as are rejected falsely. */
function equalErrorThreshold({ threshold, falseAccepts, trueAccepts, same, different }: Roc): number {
  const at = falseAccepts.findIndex((count, k) => count / different >= 1 - trueAccepts[k]! / same)
  return Math.min(1, threshold[at]!)
}

/** What a threshold makes of the pairs. */
interface Decisions {
  /** Pairs of the same identity. */
  readonly trueAccepts: number
  readonly falseRejects: number
  /** Pairs of different identities. */
  readonly falseAccepts: number
  readonly trueRejects: number
}

/** Counts the pairs that score at least `threshold`. */
export function decide({ roc }: Pick<Verification, 'roc'>, threshold: number): Decisions {
  // Thresholds fall, and the first is Infinity: the last that is not below the wanted one.
  let low = 0
  let high = roc.threshold.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (roc.threshold[middle]! >= threshold) low = middle
    else high = middle - 1
  }
  const trueAccepts = roc.trueAccepts[low]!
  const falseAccepts = roc.falseAccepts[low]!
  return {
    trueAccepts,
    falseAccepts,
    falseRejects: roc.same - trueAccepts,
    trueRejects: roc.different - falseAccepts,
  }
}
