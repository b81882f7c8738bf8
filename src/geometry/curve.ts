/** A curve cut into columns of equal width: what a line of so many pixels can show of it. */
export interface Columns {
  readonly low: Float32Array
  readonly high: Float32Array
  /** The last value in each column. */
  readonly last: Float32Array
}

/** Room for `count` columns. */
export function columns(count: number): Columns {
  return { low: new Float32Array(count), high: new Float32Array(count), last: new Float32Array(count) }
}

/**
 * Cuts a curve, values at ascending steps, into the columns of `into` over [from, to]: the extremes in each
 * are kept, so that no spike is lost however long the run. Columns without a value are NaN.
 */
export function downsample(
  into: Columns,
  steps: ArrayLike<number>,
  values: ArrayLike<number>,
  length: number,
  from: number,
  to: number,
): void {
  const { low, high, last } = into
  const count = low.length
  low.fill(NaN)
  high.fill(NaN)
  last.fill(NaN)
  const perStep = count / (to - from)
  for (let i = 0; i < length; i++) {
    const column = Math.min(count - 1, Math.floor((steps[i]! - from) * perStep))
    if (column < 0) continue
    const value = values[i]!
    // A comparison with NaN is false: the first value of a column replaces both.
    if (!(value >= low[column]!)) low[column] = value
    if (!(value <= high[column]!)) high[column] = value
    last[column] = value
  }
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
  let [low, high] = [0, length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if (values[middle]! < target) low = middle + 1
    else high = middle
  }
  if (low > 0 && target - values[low - 1]! <= values[low]! - target) low--
  return length > 0 ? low : -1
}
