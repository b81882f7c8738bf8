import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitLine } from '../../src/geometry/correlation'
import { fillHistogram, smoothHistogram } from '../../src/geometry/histogram'
import { summarize, valueAtRank } from '../../src/geometry/quantiles'

describe('histogram', () => {
  it('counts each value once, outer values into the outer bins', () => {
    const bins = new Float32Array(4)
    expect(fillHistogram(bins, [-1, 0, 0.9, 1, 3.999, 4, 9], 7, 0, 4)).toBe(3)
    expect([...bins]).toEqual([3, 1, 0, 3])
  })

  it('looks at the first `count` values only, and forgets the bins before', () => {
    const bins = Float32Array.of(5, 5)
    expect(fillHistogram(bins, [0.1, 0.9, 0.9], 1, 0, 1)).toBe(1)
    expect([...bins]).toEqual([1, 0])
  })

  it('keeps the sum when it is smoothed', () => {
    const bins = Float32Array.of(8, 0, 0, 16, 0, 0)
    expect(smoothHistogram(bins, 1)).toBe(8)
    expect([...bins]).toEqual([6, 2, 4, 8, 4, 0])
    smoothHistogram(bins, 5)
    expect(bins.reduce((a, b) => a + b)).toBeCloseTo(24, 4)
  })
})

describe('summaries', () => {
  it('have quantiles on the line between neighbours', () => {
    expect(summarize(Float32Array.of(4, 1, 3, 2))).toMatchObject({
      p25: 1.75,
      median: 2.5,
      p75: 3.25,
      mean: 2.5,
    })
    expect(summarize(Float32Array.of(7))).toMatchObject({ p5: 7, median: 7, p95: 7 })
    expect(summarize(new Float32Array(0))).toMatchObject({ count: 0, mean: NaN, p5: NaN, median: NaN })
  })

  it('agree with sorting', () => {
    const values = fc.float32Array({ minLength: 1, maxLength: 60, min: -5, max: 5, noNaN: true })
    fc.assert(
      fc.property(values, (numbers) => {
        const sorted = numbers.toSorted()
        const at = (q: number): number => {
          const place = q * (sorted.length - 1)
          const low = sorted[Math.floor(place)]!
          return low + (place % 1) * (sorted[Math.ceil(place)]! - low)
        }
        const { p5, p25, median, p75, p95 } = summarize(numbers.slice())
        const expected = [0.05, 0.25, 0.5, 0.75, 0.95].map(at)
        ;[p5, p25, median, p75, p95].forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 9))
      }),
    )
  })

  it('do not slow down on equal or sorted values', () => {
    const n = 100_000
    for (const value of [() => 1, (i: number) => i, (i: number) => n - i]) {
      const values = Float32Array.from({ length: n }, (_, i) => value(i))
      const start = performance.now()
      summarize(values)
      expect(performance.now() - start).toBeLessThan(500)
    }
  })
})

describe('a value at a rank', () => {
  it('is the one that sorting brings there', () => {
    const values = fc.float32Array({ minLength: 1, maxLength: 200, noNaN: true, noDefaultInfinity: true })
    fc.assert(
      fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (numbers, q) => {
        const expected = numbers.toSorted()[Math.round(q * (numbers.length - 1))]
        expect(valueAtRank(numbers, q)).toBe(expected)
      }),
    )
  })

  it('is of the first values only', () => {
    expect(valueAtRank(Float32Array.of(3, 1, 2, 100, 100), 1, 3)).toBe(3)
    expect(valueAtRank(new Float32Array(5000).fill(3), 0.5)).toBe(3)
    expect(valueAtRank(new Float32Array(4), 0.5, 0)).toBeNaN()
  })
})

describe('a line through points', () => {
  it('is found exactly where they lie on one', () => {
    const fit = fitLine([1, 2, 4], [5, 7, 11])!
    expect(fit.r).toBeCloseTo(1, 12)
    expect(fit.slope).toBeCloseTo(2, 12)
    expect(fit.intercept).toBeCloseTo(3, 12)
    expect(fitLine([1, 2, 4], [-5, -7, -11])!.r).toBeCloseTo(-1, 12)
  })

  it("agrees with Anscombe's first quartet", () => {
    const x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5]
    const y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68]
    const fit = fitLine(x, y)!
    expect(fit.r).toBeCloseTo(0.81642, 5)
    expect(fit.slope).toBeCloseTo(0.50009, 5)
    expect(fit.intercept).toBeCloseTo(3.00009, 5)
  })

  it('is none where there is nothing to say', () => {
    expect(fitLine([1, 2], [1, 2])).toBeNull()
    expect(fitLine([1, 2, 3], [4, 4, 4])).toBeNull()
    expect(fitLine([800, 800, 800], [1, 2, 3])).toBeNull()
    // Equal up to float32 rounding.
    expect(fitLine([1, 2, 3], Float32Array.of(1, 1 + 6e-8, 1))).toBeNull()
  })
})
