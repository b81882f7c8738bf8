import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  bestProbability,
  classSpread,
  demandedHalfAngle,
  leastScale,
  marginBound,
  otherCosines,
} from '../../src/geometry/margin-bound'
import { Random } from '../../src/geometry/random'
import { spreadDirections } from '../../src/geometry/spread'

const cosFace = (m: number): number => 1 - m
const bound = (psi: (m: number) => number, n: number, d: number): number | null =>
  marginBound(psi, classSpread(n, d).angle, 0, 3)

/** The smallest angle between two of the vectors. */
function smallestAngle(directions: Float32Array, d: number): number {
  let most = -1
  for (let i = 0; i < directions.length; i += d) {
    for (let j = 0; j < i; j += d) {
      let dot = 0
      for (let k = 0; k < d; k++) dot += directions[i + k]! * directions[j + k]!
      most = Math.max(most, dot)
    }
  }
  return Math.acos(Math.min(1, most))
}

describe('the largest margin that the geometry admits', () => {
  it('for ten classes in 2-D and 3-D', () => {
    expect(bound(cosFace, 10, 2)).toBeCloseTo(0.191, 3)
    expect(bound(Math.cos, 10, 2)).toBeCloseTo(0.628, 3)
    expect(Math.abs(bound(cosFace, 10, 3)! - 0.596)).toBeLessThan(1e-3)
    expect(Math.abs(bound(Math.cos, 10, 3)! - 1.154)).toBeLessThan(1e-3)
  })

  it('for the simplex', () => {
    for (const d of [9, 32, 128]) {
      expect(bound(cosFace, 10, d)).toBeCloseTo(1 + 1 / 9, 6)
      expect(bound(Math.cos, 10, d)).toBeCloseTo(Math.acos(-1 / 9), 6)
      expect(classSpread(10, d)).toMatchObject({ source: 'regular simplex', upperBound: false })
    }
  })

  it('does not exist where the centre loses nothing, as in A-Softmax', () => {
    expect(marginBound(() => 1, classSpread(10, 2).angle, 1, 6)).toBeNull()
  })
})

describe('the spread of classes', () => {
  it('is one that no arrangement exceeds, and repulsion comes near', () => {
    for (const d of [2, 3, 4, 5, 8]) {
      for (const n of [2, 3, 4, 5, 6, 7, 8, 10, 12, 13, 16, 20, 24, 30]) {
        const { angle, upperBound } = classSpread(n, d)
        const found = smallestAngle(spreadDirections(n, d, new Random(3, 'test')), d)
        expect(found, `${n} in ${d}-D`).toBeLessThan(angle + 2e-3)
        if (!upperBound) expect(found, `${n} in ${d}-D`).toBeGreaterThan(0.85 * angle)
      }
    }
  })

  it('falls as classes are added, and grows with the dimension', () => {
    for (let n = 3; n < 60; n++) {
      expect(classSpread(n, 3).angle).toBeLessThanOrEqual(classSpread(n - 1, 3).angle + 3e-3)
      expect(classSpread(n, 4).angle).toBeLessThanOrEqual(classSpread(n - 1, 4).angle + 1e-9)
      expect(classSpread(n, 2).angle).toBeLessThanOrEqual(classSpread(n, 3).angle + 1e-9)
    }
  })

  it('says where it comes from', () => {
    expect(classSpread(10, 2).source).toBe('even circle')
    expect(classSpread(10, 3).source).toBe('best known on the sphere')
    expect(classSpread(10, 5)).toMatchObject({ source: 'orthogonal axes', angle: Math.PI / 2 })
    expect(classSpread(30, 3)).toMatchObject({ upperBound: true })
    expect(classSpread(10, 4)).toMatchObject({ upperBound: true })
  })
})

describe('the demanded sector', () => {
  const { angle } = classSpread(10, 2)

  it('is half the way without a margin, and what the papers say with one', () => {
    expect(demandedHalfAngle(Math.cos, angle)).toBeCloseTo(angle / 2, 9)
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.62, noNaN: true }), (m) => {
        expect(demandedHalfAngle((theta) => Math.cos(theta + m), angle)).toBeCloseTo((angle - m) / 2, 9)
      }),
    )
    fc.assert(
      fc.property(fc.double({ min: 1, max: 4, noNaN: true }), (m) => {
        expect(demandedHalfAngle((theta) => Math.cos(m * theta), angle)).toBeCloseTo(angle / (1 + m), 9)
      }),
    )
  })

  it('is empty past the bound', () => {
    expect(demandedHalfAngle((theta) => Math.cos(theta + 0.63), angle)).toBe(0)
  })
})

describe('the best probability', () => {
  it('is capped by a small s: 45 % at s = 1 in any dimension, 95 % needs s = 19 in 2-D', () => {
    expect(leastScale(0.95, 1, 10, 2)).toBeGreaterThan(18.5)
    expect(leastScale(0.95, 1, 10, 2)).toBeLessThan(19.5)
    for (const d of [2, 3, 9]) expect(bestProbability(1, 1, 10, d)).toBeLessThan(0.45)
  })

  it('for the simplex is that of NormFace', () => {
    expect(bestProbability(1, 4, 10, 9)).toBeCloseTo(1 / (1 + 9 * Math.exp(-4 * (1 + 1 / 9))), 12)
  })

  it('grows with s while the centre wins, and falls with the margin', () => {
    for (const d of [2, 3, 9]) {
      expect(bestProbability(1, 20, 10, d)).toBeGreaterThan(bestProbability(1, 10, 10, d))
      expect(bestProbability(0.9, 20, 10, d)).toBeLessThan(bestProbability(1, 20, 10, d))
    }
    expect(leastScale(0.95, 0.5, 10, 2)).toBe(Infinity)
  })

  it('uses the true angles: the cosines of an even arrangement add up to −1', () => {
    for (const d of [2, 3, 9]) {
      for (const row of otherCosines(10, d)) {
        expect(row).toHaveLength(9)
        if (d !== 3) expect(row.reduce((sum, c) => sum + c, 0)).toBeCloseTo(-1, 9)
      }
    }
  })
})
