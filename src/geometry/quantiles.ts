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

/**
 * Sums up `values`, whose order is lost. Quantiles lie on the line between neighbours (type 7 of Hyndman and
 * Fan 1996); all are NaN when there are no values. Takes time in proportion to their number, as sorting doesn't.
 */
export function summarize(values: Float32Array): Summary {
  // In ascending order: each leaves the smaller values to its left.
  let from = 0
  const quantile = (q: number): number => {
    const last = values.length - 1
    if (last < 0) return NaN
    const at = q * last
    const below = Math.floor(at)
    select(values, below, from, last)
    from = below
    const low = values[below]!
    if (below === last) return low
    let next = Infinity
    for (let i = below + 1; i <= last; i++) if (values[i]! < next) next = values[i]!
    return low + (at - below) * (next - low)
  }
  return {
    count: values.length,
    mean: mean(values),
    p5: quantile(0.05),
    p25: quantile(0.25),
    median: quantile(0.5),
    p75: quantile(0.75),
    p95: quantile(0.95),
  }
}

/** NaN when there are no values. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]!
  return sum / values.length
}

/**
 * Moves the value that would stand at place `k` if those from `left` to `right` were sorted there, smaller
 * ones to its left and larger ones to its right (Hoare 1961, with the median of three).
 */
function select(values: Float32Array, k: number, left: number, right: number): void {
  while (left < right) {
    const a = values[left]!
    const b = values[(left + right) >> 1]!
    const c = values[right]!
    const pivot = Math.max(Math.min(a, b), Math.min(Math.max(a, b), c))
    let i = left
    let j = right
    while (i <= j) {
      while (values[i]! < pivot) i++
      while (values[j]! > pivot) j--
      if (i > j) break
      const held = values[i]!
      values[i++] = values[j]!
      values[j--] = held
    }
    if (k <= j) right = j
    else if (k >= i) left = i
    else return
  }
}
