import { describe, expect, it } from 'vitest'
import { columnEnds, columnExtremes, nearestIndex, smooth } from '../../src/geometry/curve'
import { CalmExtent, roundExtent } from '../../src/geometry/extent'

describe('downsampling', () => {
  const extremes = (count: number) => ({ low: new Float32Array(count), high: new Float32Array(count) })

  it('keeps every spike', () => {
    const length = 100_000
    const steps = Float64Array.from({ length }, (_, i) => i)
    const values = new Float32Array(length)
    values[12_345] = 9
    values[77_777] = -9
    const into = extremes(300)
    columnExtremes(into, steps, values, length, length)
    expect(Math.max(...into.high)).toBe(9)
    expect(Math.min(...into.low)).toBe(-9)
    expect(into.high.indexOf(9)).toBe(Math.floor((12_345 * 300) / length))
  })

  it('leaves columns without a value empty, and puts the last step into the last column', () => {
    const into = extremes(5)
    columnExtremes(into, [0, 1, 10], [1, 2, 3], 3, 10)
    expect([...into.low]).toEqual([1, NaN, NaN, NaN, 3])
    expect([...into.high]).toEqual([2, NaN, NaN, NaN, 3])
    const ends = new Float32Array(5)
    columnEnds(ends, [0, 1, 10], [1, 2, 3], 3, 10)
    expect([...ends]).toEqual([2, NaN, NaN, NaN, 3])
  })
})

describe('smoothing', () => {
  it('leaves a constant as it is from the first value on', () => {
    const into = new Float32Array(50)
    smooth(into, new Float32Array(50).fill(3), 50, 10)
    for (const value of into) expect(value).toBeCloseTo(3, 6)
  })

  it('with a span of one changes nothing', () => {
    const into = new Float32Array(3)
    smooth(into, [5, 1, 4], 3, 1)
    expect([...into]).toEqual([5, 1, 4])
  })
})

describe('the nearest index', () => {
  it('is found on both sides and at the ends', () => {
    const values = [0, 10, 20]
    expect([-5, 4, 5, 6, 19, 99].map((x) => nearestIndex(values, 3, x))).toEqual([0, 0, 0, 1, 2, 2])
    expect(nearestIndex(values, 0, 1)).toBe(-1)
  })
})

describe('axes', () => {
  it('are cut at round numbers', () => {
    expect(roundExtent(0.3, 9.2)).toEqual([0, 10])
    expect(roundExtent(741, 899)).toEqual([740, 900])
  })

  it('grow at once and shrink late', () => {
    const extent = new CalmExtent(1)
    expect(extent.follow(0, 9.2)).toEqual([0, 10])
    expect(extent.follow(0, 5.5)).toEqual([0, 10])
    expect(extent.follow(0, 10.1)).toEqual([0, 12])
    expect(extent.follow(0, 4.1)).toEqual([0, 4.5])
    expect(extent.follow(NaN, NaN)).toEqual([0, 4.5])
  })

  it('do not tremble where all data are the same', () => {
    const extent = new CalmExtent(0.5)
    const first = extent.follow(1, 1)
    for (let i = 0; i < 20; i++) expect(extent.follow(1 - 1e-3 * i, 1 + 1e-3 * i)).toEqual(first)
  })
})
