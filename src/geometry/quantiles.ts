import { quickselect } from 'd3-array'

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

/** Sums up `values`, whose order is lost; all but the count is NaN when there are none. */
export function summarize(values: Float32Array): Summary {
  return {
    count: values.length,
    mean: mean(values),
    p5: quantile(values, 0.05),
    p25: quantile(values, 0.25),
    median: quantile(values, 0.5),
    p75: quantile(values, 0.75),
    p95: quantile(values, 0.95),
  }
}

/**
 * The q-quantile on the line between neighbours (type 7 of Hyndman and Fan 1996). Selecting, unlike sorting, takes
 * time in proportion to the number of values.
 */
function quantile(values: Float32Array, q: number): number {
  const last = values.length - 1
  if (last < 0) return NaN
  const at = q * last
  const below = Math.floor(at)
  quickselect(values, below)
  const low = values[below]!
  // All that are larger lie to the right of it.
  let next = Infinity
  for (let i = below + 1; i <= last; i++) if (values[i]! < next) next = values[i]!
  return below === last ? low : low + (at - below) * (next - low)
}

/**
 * Of the first `count` values, whose order is lost, the one whose rank is nearest to that of the q-quantile: one that
 * occurs, so that of few values the 0.98-quantile is the largest.
 * @param q from 0 (the smallest) to 1 (the largest)
 * @returns NaN when there are none
 */
export function valueAtRank(values: Float32Array, q: number, count = values.length): number {
  if (count === 0) return NaN
  const rank = Math.min(count - 1, Math.max(0, Math.round(q * (count - 1))))
  quickselect(values, rank, 0, count - 1)
  return values[rank]!
}

/** NaN when there are no values. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]!
  return sum / values.length
}
