import { expect } from 'vitest'
import type { LossResult } from '../../src/library/losses'
import { PRESETS } from '../../src/losses/preset-registry'
import { TERMS } from '../../src/losses/term-registry'
import golden from './losses.json'

/** The reference cases of the losses that this project has, with their expected values. */
export const GOLDEN_CASES = golden.filter(({ loss }) => PRESETS.has(loss) || TERMS.has(loss))

type Nested = number | readonly Nested[]

/** Agreement to a part of the largest magnitude in the array: 1e-4 in float32, as tests/golden/README.md asks. */
export function expectClose(actual: Nested, expected: Nested, tolerance = 1e-4): void {
  const flat = (v: Nested): number[] => (typeof v === 'number' ? [v] : v.flatMap(flat))
  const a = flat(actual)
  const e = flat(expected)
  expect(a.length).toBe(e.length)
  const largest = Math.max(...e.map(Math.abs))
  const worst = Math.max(...e.map((value, i) => Math.abs(value - a[i]!)))
  expect(worst, `largest deviation, of values up to ${largest}`).toBeLessThanOrEqual(tolerance * largest)
}

type GoldenCase = (typeof GOLDEN_CASES)[number]

/** Compares value and gradients with the references. */
export function expectReference(
  result: LossResult,
  { expect: expected, expectState, expectParts }: GoldenCase,
  tolerance?: number,
): void {
  expectClose(result.loss, expected.loss, tolerance)
  expectClose(result.dx, expected.dx, tolerance)
  if (expected.dW) expectClose(result.dW!, expected.dW, tolerance)
  if (expected.db) expectClose(result.db!, expected.db, tolerance)
  if (expected.dmargins) expectClose(result.dmargins!, expected.dmargins, tolerance)
  if (expected.dbias) expectClose(result.dbias!, expected.dbias, tolerance)
  for (const [name, values] of Object.entries<Nested>(expectState ?? {}))
    expectClose(result.state![name]!, values, tolerance)
  for (const [name, value] of Object.entries<Nested>(expectParts ?? {}))
    expectClose(result.parts![name]!, value, tolerance)
}
