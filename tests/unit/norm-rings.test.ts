import fc from 'fast-check'
import { expect, it } from 'vitest'
import { multipleOf } from '../../src/render/format'
import { NormRings } from '../../src/render/stage/rings'

it('whatever part of a disc is in sight, three circles or more have round norms', () => {
  const sights = fc.record({
    scale: fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
    nearest: fc.double({ min: 0, max: 0.9, noNaN: true }),
  })
  fc.assert(
    fc.property(sights, ({ scale, nearest }) => {
      const rings = new NormRings()
      rings.update(scale, { nearest, farthest: 2 }, 1)
      const span = scale * (0.97 - nearest)
      expect(span / rings.step).toBeGreaterThanOrEqual(3)
      expect(span / rings.step).toBeLessThan(8)
      expect(rings.count).toBeGreaterThanOrEqual(2)
      expect(rings.step).toBeCloseTo(Number(rings.step.toPrecision(1)), 12)
      for (const norm of rings.norms.subarray(0, rings.count)) {
        expect(norm).toBeGreaterThan(scale * nearest * (1 - 1e-6))
        expect(norm).toBeLessThan(scale * 0.97 * (1 + 1e-6))
      }
    }),
  )
})

it('where nothing is in sight there are none', () => {
  const rings = new NormRings()
  rings.update(5, { nearest: 1, farthest: 2 }, 1)
  expect(rings.count).toBe(0)
  rings.update(NaN, { nearest: 0, farthest: 2 }, 1)
  expect(rings.count).toBe(0)
})

it('multiples of a step have the digits of the step', () => {
  expect(multipleOf(0.2, 0.6000000001)).toBe('0.6')
  expect(multipleOf(10, 30)).toBe('30')
  expect(multipleOf(0.01, 0.05)).toBe('0.05')
  expect(multipleOf(0.5, 2)).toBe('2.0')
  expect(multipleOf(1e-6, 3e-6)).toBe('3e-6')
})
