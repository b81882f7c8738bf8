/**
 * The q-quantile of the first `count` values, without sorting them: Hoare's selection, linear on average.
 * Their order changes.
 * @param q from 0 (the smallest) to 1 (the largest)
 * @returns NaN when there are none
 */
export function quantileInPlace(values: Float32Array, count: number, q: number): number {
  if (count === 0) return NaN
  const k = Math.min(count - 1, Math.max(0, Math.round(q * (count - 1))))
  let low = 0
  let high = count - 1
  while (low < high) {
    // The middle as pivot keeps sorted input from being the worst case.
    const pivot = values[(low + high) >> 1]!
    let i = low
    let j = high
    while (i <= j) {
      while (values[i]! < pivot) i++
      while (values[j]! > pivot) j--
      if (i > j) break
      const held = values[i]!
      values[i++] = values[j]!
      values[j--] = held
    }
    if (k <= j) high = j
    else if (k >= i) low = i
    else break
  }
  return values[k]!
}
