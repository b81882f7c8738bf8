import { leastNorms } from './rows'
import type { Pairs } from './verification-pairs'

/** How alike two features are: a larger score always means more alike. */
type ScoreKind =
  | 'cosine'
  /** −‖x₁ − x₂‖ */
  | 'distance'

/** @param features [n · dimension] @returns a score for each pair */
export function scorePairs(
  features: Float32Array,
  dimension: number,
  { first, second }: Pick<Pairs, 'first' | 'second'>,
  kind: ScoreKind,
): Float32Array {
  const scores = new Float32Array(first.length)
  const norms = kind === 'cosine' ? leastNorms(features, dimension) : null
  for (let pair = 0; pair < scores.length; pair++) {
    const i = first[pair]!
    const j = second[pair]!
    let sum = 0
    for (let k = 0; k < dimension; k++) {
      const a = features[i * dimension + k]!
      const b = features[j * dimension + k]!
      sum += norms ? a * b : (a - b) ** 2
    }
    scores[pair] = norms ? Math.min(1, Math.max(-1, sum / (norms[i]! * norms[j]!))) : -Math.sqrt(sum)
  }
  return scores
}
