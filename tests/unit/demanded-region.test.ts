import { marginSymbols } from '../../src/losses/margin-setting'
import { describe, expect, it } from 'vitest'
import { demandedLead, isReachable, type DirectionalClassifier } from '../../src/geometry/demanded-region'
import { demandedArcs } from './demanded-arcs'
import { Random } from '../../src/geometry/random'
import { spreadDirections } from '../../src/geometry/spread'
import type { MarginSetting } from '../../src/losses/margin-function'
import { MarginTable } from '../../src/losses/margin-table'

const DEGREE = Math.PI / 180

function classifier(
  directions: number[][],
  change: Partial<DirectionalClassifier> = {},
): DirectionalClassifier {
  const count = directions.length
  return {
    count,
    subCenters: 1,
    directions: Float32Array.from(directions.flatMap(([x, y, z = 0]) => [x!, y!, z])),
    lengths: new Float32Array(count).fill(1),
    bias: new Float32Array(count),
    featureLength: 16,
    ...change,
  }
}

const even = (count: number): number[][] =>
  Array.from({ length: count }, (_, j) => {
    const angle = (2 * Math.PI * j) / count + 0.3
    return [Math.cos(angle), Math.sin(angle)]
  })

function table(kind: string, parameters: Record<string, number>): MarginTable {
  const margin: MarginSetting = { kind, parameters }
  const made = new MarginTable()
  made.update({ margin, symbols: marginSymbols(margin, 1, 1e9) })
  return made
}

/** Half of the width of class 3's only arc among ten even classes, in degrees. */
function halfWidth(kind: string, parameters: Record<string, number>): number {
  const arcs = demandedArcs(classifier(even(10)), table(kind, parameters).psi, 3)
  expect(arcs).toHaveLength(1)
  const { from, to } = arcs[0]!
  const middle = (2 * Math.PI * 3) / 10 + 0.3
  expect(Math.cos((from + to) / 2 - middle)).toBeCloseTo(1, 4)
  return (to - from) / 2 / DEGREE
}

describe('ten even classes in 2-D, 36° apart', () => {
  it('meet halfway without margin', () => {
    expect(halfWidth('none', {})).toBeCloseTo(18, 2)
  })

  it('keep 18° − m/2 with ArcFace: cos(θ + m) = cos(36° − θ)', () => {
    for (const m of [0.1, 0.3, 0.5]) {
      expect(halfWidth('additive-angular', { m })).toBeCloseTo(18 - m / 2 / DEGREE, 2)
    }
  })

  it('keep 18° − arcsin(m / (2 sin 18°)) with CosFace: cos θ − m = cos(36° − θ)', () => {
    for (const m of [0.05, 0.15]) {
      const cut = Math.asin(m / (2 * Math.sin(18 * DEGREE))) / DEGREE
      expect(halfWidth('additive-cosine', { m })).toBeCloseTo(18 - cut, 2)
    }
  })

  it('keep 36° / (m + 1) with A-Softmax: mθ = 36° − θ', () => {
    for (const m of [2, 4]) {
      const parameters = { m, lambdaMin: 0, lambdaMax: 0, gamma: 0 }
      expect(halfWidth('multiplicative', parameters)).toBeCloseTo(36 / (m + 1), 2)
    }
  })

  it('lose every direction past the bound, and keep a sliver just before it', () => {
    const classes = classifier(even(10))
    const bounds = { 'additive-angular': 36 * DEGREE, 'additive-cosine': 1 - Math.cos(36 * DEGREE) }
    for (const [kind, bound] of Object.entries(bounds)) {
      const before = table(kind, { m: bound - 0.002 }).psi
      const past = table(kind, { m: bound + 0.002 }).psi
      expect(demandedArcs(classes, before, 0)).toHaveLength(1)
      expect(isReachable(classes, before, 0, false)).toBe(true)
      expect(demandedArcs(classes, past, 0)).toHaveLength(0)
      expect(isReachable(classes, past, 0, false)).toBe(false)
    }
  })
})

describe('any classifier in 2-D', () => {
  it('has arcs whose ends are where the lead is zero', () => {
    const random = new Random(1, 'arcs')
    const psi = table('additive-angular', { m: 0.2 }).psi
    for (let trial = 0; trial < 20; trial++) {
      const directions = Array.from({ length: 6 }, () => {
        const angle = 2 * Math.PI * random.uniform()
        return [Math.cos(angle), Math.sin(angle)]
      })
      const classes = classifier(directions, {
        lengths: Float32Array.from({ length: 6 }, () => 0.5 + random.uniform()),
        bias: Float32Array.from({ length: 6 }, () => random.normal()),
        featureLength: 5,
      })
      for (let j = 0; j < 6; j++) {
        const arcs = demandedArcs(classes, psi, j)
        expect(arcs.length > 0).toBe(isReachable(classes, psi, j, false))
        for (const { from, to } of arcs) {
          expect(to).toBeGreaterThan(from)
          if (to - from > 6.28) continue
          for (const edge of [from, to]) {
            expect(demandedLead(classes, psi, j)(Math.cos(edge), Math.sin(edge), 0)).toBeCloseTo(0, 3)
          }
          const middle = (from + to) / 2
          expect(demandedLead(classes, psi, j)(Math.cos(middle), Math.sin(middle), 0)).toBeGreaterThan(0)
        }
      }
    }
  })

  it('gives a class that wins everywhere the whole circle', () => {
    const classes = classifier(even(3), { bias: Float32Array.of(100, 0, 0) })
    expect(demandedArcs(classes, Math.cos, 0)).toHaveLength(1)
    expect(demandedArcs(classes, Math.cos, 1)).toEqual([])
  })
})

describe('the sphere', () => {
  it('holds ten spread classes up to the bound of their closest neighbours', () => {
    const spread = spreadDirections(10, 3, new Random(1, 'spread'))
    const rows = Array.from({ length: 10 }, (_, j) => [...spread.subarray(3 * j, 3 * j + 3)])
    const classes = classifier(rows)
    const loose = table('additive-angular', { m: 0.9 }).psi
    const tight = table('additive-angular', { m: 1.35 }).psi
    for (let j = 0; j < 10; j++) {
      expect(isReachable(classes, loose, j, true)).toBe(true)
      expect(isReachable(classes, tight, j, true)).toBe(false)
    }
  })

  it('finds a region away from the class vector, where a long neighbour covers that', () => {
    const tilt = 20 * DEGREE
    const classes = classifier(
      [
        [1, 0, 0],
        [Math.cos(tilt), Math.sin(tilt), 0],
      ],
      {
        lengths: Float32Array.of(1, 1.5),
      },
    )
    expect(demandedLead(classes, Math.cos, 0)(1, 0, 0)).toBeLessThan(0)
    expect(isReachable(classes, Math.cos, 0, true)).toBe(true)
  })
})
