import { format, precisionFixed } from 'd3'

// d3 writes the minus sign, not a hyphen, as negative numbers are set in print.
const FIXED = [0, 1, 2, 3, 4].map((digits) => format(`.${digits}f`))
const GROUPED = format(',')
const SIGNIFICANT = format('.2~g')

/** With a fixed number of decimals (at most 4), so that numbers that change don't jump about. */
export function fixed(value: number, digits: number): string {
  return FIXED[digits]!(value)
}

/** Whole, with separators between thousands. */
export function whole(value: number): string {
  return GROUPED(Math.round(value))
}

/** With two to three digits that mean something, in few letters: 0.0031, 0.031, 0.31, 3.12, 31.2, 312. */
export function brief(value: number): string {
  const size = Math.abs(value)
  if (size >= 99.95) return whole(value)
  if (size >= 9.995) return fixed(value, 1)
  if (size >= 0.0995 || value === 0) return fixed(value, 2)
  if (size >= 0.00995) return fixed(value, 3)
  return size >= 0.00095 ? fixed(value, 4) : SIGNIFICANT(value)
}

/** A fraction in percent. */
export function percent(fraction: number, digits = 1): string {
  return `${fixed(100 * fraction, digits)} %`
}

/** How many decimals tell multiples of `step` apart. */
const decimalsOf = (step: number): number => precisionFixed(step * (1 + 1e-9))

/** Round numbers of an axis, with just the decimals that tell them apart. */
export function tickFormat(ticks: readonly number[]): (value: number) => string {
  const digits = Math.min(4, ticks.length > 1 ? decimalsOf(ticks[1]! - ticks[0]!) : 0)
  return (value) => fixed(value, digits)
}

/** A multiple of a round step, with the decimals that the step has and no more. */
export function multipleOf(step: number, value: number): string {
  const digits = decimalsOf(step)
  return digits > 4 ? value.toExponential(0) : value.toFixed(digits)
}
