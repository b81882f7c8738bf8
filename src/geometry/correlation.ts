/** A line through points, and how well they lie on one. */
export interface Fit {
  /** Pearson's correlation coefficient. */
  readonly r: number
  readonly slope: number
  readonly intercept: number
}

/** Least squares through (x, y). @returns null when fewer than three points, or x or y are all the same */
export function fitLine(x: ArrayLike<number>, y: ArrayLike<number>): Fit | null {
  const n = x.length
  if (n < 3) return null
  let meanX = 0
  let meanY = 0
  for (let i = 0; i < n; i++) {
    meanX += x[i]! / n
    meanY += y[i]! / n
  }
  let xx = 0
  let yy = 0
  let xy = 0
  for (let i = 0; i < n; i++) {
    const dx = x[i]! - meanX
    const dy = y[i]! - meanY
    xx += dx * dx
    yy += dy * dy
    xy += dx * dy
  }
  // Equal numbers differ by rounding: a spread this small is none.
  if (xx <= 1e-12 * n * meanX ** 2 || yy <= 1e-12 * n * meanY ** 2) return null
  const slope = xy / xx
  return { r: xy / Math.sqrt(xx * yy), slope, intercept: meanY - slope * meanX }
}
