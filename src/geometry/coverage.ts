/** How much is recognised when only confident answers are given. */
export interface Coverage {
  /** The share of all samples that are answered. */
  readonly coverage: number
  /** The share of the answers that are right; NaN when there are none. */
  readonly precision: number
  /** Answers with at least this confidence are given; Infinity for none. */
  readonly threshold: number
}

/**
 * The largest coverage at which the answers keep a precision: the measure of low-shot recognition (Guo and Zhang
 * 2017, § 3.4 of the paper at 99 %). Samples with the same confidence are answered together.
 * @param confidence for each sample, larger is surer; what is not finite is never answered
 * @param right 1 where the predicted class is the sample's
 * @returns null when there are no samples
 */
export function coverageAtPrecision(
  confidence: ArrayLike<number>,
  right: ArrayLike<number>,
  precision = 0.99,
): Coverage | null {
  const count = confidence.length
  if (count === 0) return null
  const order = Uint32Array.from({ length: count }, (_, i) => i)
    .filter((i) => Number.isFinite(confidence[i]!))
    .sort((a, b) => confidence[b]! - confidence[a]!)
  let best: Coverage = { coverage: 0, precision: NaN, threshold: Infinity }
  let rightSoFar = 0
  order.forEach((sample, at) => {
    if (right[sample]) rightSoFar++
    const answered = at + 1
    const next = order[answered]
    if (next !== undefined && confidence[next] === confidence[sample]) return
    // By counts: 99 of 100 is 99 %, whatever the quotient rounds to.
    if (rightSoFar + 1e-9 >= precision * answered) {
      best = {
        coverage: answered / count,
        precision: rightSoFar / answered,
        threshold: confidence[sample]!,
      }
    }
  })
  return best
}
