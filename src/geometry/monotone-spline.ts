import { add, divide, multiply, subtract, where, type Expression, type Operand } from './expression'

/**
 * Slopes of the cubic spline through (x_i, y_i) that is monotone wherever the points are: no hump between them.
 * Steffen 1990, "A simple method for monotonic interpolation in one dimension"; at the ends a parabola's slopes, as in
 * d3's curveMonotoneX.
 * @param x ascending, at least three
 */
export function monotoneSlopes(x: readonly number[], y: readonly number[]): number[] {
  const last = x.length - 1
  const width = (i: number): number => x[i + 1]! - x[i]!
  const secant = (i: number): number => (y[i + 1]! - y[i]!) / width(i)
  const slopes = x.map((_, i) => {
    if (i === 0 || i === last) return 0
    const before = secant(i - 1)
    const after = secant(i)
    const parabola = (before * width(i) + after * width(i - 1)) / (width(i - 1) + width(i))
    const least = Math.min(Math.abs(before), Math.abs(after), 0.5 * Math.abs(parabola))
    return (Math.sign(before) + Math.sign(after)) * least
  })
  slopes[0] = (3 * secant(0) - slopes[1]!) / 2
  slopes[last] = (3 * secant(last - 1) - slopes[last - 1]!) / 2
  return slopes
}

/** The piecewise cubic (Hermite) with these values and slopes at x; beyond its ends the outer pieces go on. */
export function hermiteSpline(
  at: Operand,
  x: readonly number[],
  values: readonly Operand[],
  slopes: readonly Operand[],
): Expression {
  const piece = (i: number): Expression => {
    const width = x[i + 1]! - x[i]!
    const t = divide(subtract(at, x[i]!), width)
    const rise = subtract(values[i + 1]!, values[i]!)
    const from = multiply(width, slopes[i]!)
    const to = multiply(width, slopes[i + 1]!)
    const square = subtract(multiply(3, rise), add(multiply(2, from), to))
    const cube = subtract(add(from, to), multiply(2, rise))
    return add(values[i]!, multiply(t, add(from, multiply(t, add(square, multiply(t, cube))))))
  }
  let spline = piece(x.length - 2)
  for (let i = x.length - 3; i >= 0; i--) spline = where(at, x[i + 1]!, piece(i), spline)
  return spline
}
