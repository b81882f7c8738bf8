/**
 * The quantile of values in ascending order, with a line between neighbours (type 7 of Hyndman and Fan 1996).
 * @param q from 0 to 1.
 * @returns NaN when there are no values.
 */
export function quantileSorted(sorted: ArrayLike<number>, q: number, count = sorted.length): number {
  if (count === 0) return NaN
  const at = q * (count - 1)
  const below = Math.floor(at)
  const low = sorted[below]!
  return low + (at - below) * (sorted[Math.min(below + 1, count - 1)]! - low)
}

/** NaN when there are no values. */
export function mean(values: ArrayLike<number>, count = values.length): number {
  let sum = 0
  for (let i = 0; i < count; i++) sum += values[i]!
  return sum / count
}

/** What a distribution is drawn from. */
export interface Summary {
  readonly count: number
  readonly mean: number
  readonly p5: number
  readonly p25: number
  readonly median: number
  readonly p75: number
  readonly p95: number
}

/** Sorts `values` in place and sums them up. */
export function summarize(values: Float32Array): Summary {
  values.sort()
  return {
    count: values.length,
    mean: mean(values),
    p5: quantileSorted(values, 0.05),
    p25: quantileSorted(values, 0.25),
    median: quantileSorted(values, 0.5),
    p75: quantileSorted(values, 0.75),
    p95: quantileSorted(values, 0.95),
  }
}
