/**
 * Counts `values` into equal bins over [low, high]; what lies outside counts into the outermost ones.
 * @param bins receives the counts.
 * @returns the largest count.
 */
export function fillHistogram(
  bins: Float32Array,
  values: ArrayLike<number>,
  count: number,
  low: number,
  high: number,
): number {
  bins.fill(0)
  const last = bins.length - 1
  const perUnit = bins.length / (high - low)
  let most = 0
  for (let i = 0; i < count; i++) {
    const bin = Math.min(last, Math.max(0, Math.floor((values[i]! - low) * perUnit)))
    const n = bins[bin]! + 1
    bins[bin] = n
    if (n > most) most = n
  }
  return most
}

/** Smooths in place with the weights ¼ ½ ¼, `times` times, keeping the sum. @returns the largest value */
export function smoothHistogram(bins: Float32Array, times: number): number {
  const last = bins.length - 1
  for (let pass = 0; pass < times; pass++) {
    let before = bins[0]!
    for (let i = 0; i <= last; i++) {
      const here = bins[i]!
      const after = i < last ? bins[i + 1]! : here
      bins[i] = 0.25 * before + 0.5 * here + 0.25 * after
      before = here
    }
  }
  let most = 0
  for (const value of bins) if (value > most) most = value
  return most
}
