import fc from 'fast-check'
import { expect, it } from 'vitest'
import { niceLabel, niceStep } from '../../src/geometry/nice-step'
import { quantileInPlace } from '../../src/geometry/quantile'

it('finds the same value as sorting does', () => {
  fc.assert(
    fc.property(
      fc.float32Array({ minLength: 1, maxLength: 200, noNaN: true, noDefaultInfinity: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (values, q) => {
        const sorted = values.slice().sort()
        const expected = sorted[Math.round(q * (values.length - 1))]
        expect(quantileInPlace(values, values.length, q)).toBe(expected)
      },
    ),
  )
})

it('copes with many equal values, and with none', () => {
  expect(quantileInPlace(new Float32Array(5000).fill(3), 5000, 0.5)).toBe(3)
  expect(quantileInPlace(new Float32Array(4), 0, 0.5)).toBeNaN()
})

it('looks at the first values only', () => {
  expect(quantileInPlace(Float32Array.of(1, 2, 3, 100, 100), 3, 1)).toBe(3)
})

it('divides any extent by a round step, of which enough fit', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), (extent) => {
      const step = niceStep(extent, 3)
      const lead = step / 10 ** Math.floor(Math.log10(step) + 1e-9)
      expect([1, 2, 5]).toContain(Math.round(lead))
      expect(extent / step).toBeGreaterThanOrEqual(3 - 1e-6)
      expect(extent / step).toBeLessThanOrEqual(7.6)
    }),
  )
  expect(niceStep(0, 3)).toBe(0)
})

it('labels multiples with the digits of the step', () => {
  expect(niceLabel(0.6000000001, 0.2)).toBe('0.6')
  expect(niceLabel(30, 10)).toBe('30')
  expect(niceLabel(0.05, 0.01)).toBe('0.05')
  expect(niceLabel(2, 0.5)).toBe('2.0')
})
