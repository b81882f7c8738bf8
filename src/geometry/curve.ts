/** The extremes of a curve in columns of equal width: what a line of so many pixels can show of it. */
export interface Extremes {
  readonly low: Float32Array
  readonly high: Float32Array
}

/**
 * Cuts a curve, values at ascending steps, into the columns of `into` over [0, to]: the extremes in each are
 * kept, so that no spike is lost however long the run. Columns without a value are NaN.
 */
export function columnExtremes(
  { low, high }: Extremes,
  steps: ArrayLike<number>,
  values: ArrayLike<number>,
  length: number,
  to: number,
): void {
  low.fill(NaN)
  high.fill(NaN)
  const count = low.length
  let i = 0
  for (let column = 0; column < count; column++) {
    const end = column === count - 1 ? Infinity : ((column + 1) * to) / count
    let least = Infinity
    let most = -Infinity
    for (; i < length && steps[i]! < end; i++) {
      const value = values[i]!
      if (value < least) least = value
      if (value > most) most = value
    }
    if (least > most) continue
    low[column] = least
    high[column] = most
  }
}

/** The last value of a curve in each column, as above; NaN in columns without one. */
export function columnEnds(
  into: Float32Array,
  steps: ArrayLike<number>,
  values: ArrayLike<number>,
  length: number,
  to: number,
): void {
  const count = into.length
  let before = 0
  for (let column = 0; column < count; column++) {
    // A curve may have far more values than there are columns: they are skipped, not looked at.
    const after =
      column === count - 1 ? length : firstFrom(steps, before, length, ((column + 1) * to) / count)
    into[column] = after > before ? values[after - 1]! : NaN
    before = after
  }
}

/** The first place from `low` on whose value is at least `target`; `high` when there is none. */
function firstFrom(values: ArrayLike<number>, low: number, high: number, target: number): number {
  while (low < high) {
    const middle = (low + high) >> 1
    if (values[middle]! < target) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * An exponential moving average whose weights sum to 1 from the first value on (as in Adam's bias
 * correction), so that it neither starts at 0 nor clings to the first value.
 * @param span over about how many values.
 */
export function smooth(into: Float32Array, values: ArrayLike<number>, length: number, span: number): void {
  const keep = 1 - 1 / Math.max(1, span)
  let sum = 0
  let weight = 0
  for (let i = 0; i < length; i++) {
    sum = keep * sum + values[i]!
    weight = keep * weight + 1
    into[i] = sum / weight
  }
}

/** Index of the value nearest to `target` in ascending `values`; −1 when there are none. */
export function nearestIndex(values: ArrayLike<number>, length: number, target: number): number {
  const at = firstFrom(values, 0, length, target)
  if (at === 0) return length > 0 ? 0 : -1
  return at === length || target - values[at - 1]! <= values[at]! - target ? at - 1 : at
}
