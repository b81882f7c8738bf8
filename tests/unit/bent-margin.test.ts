import { curveMonotoneX, line } from 'd3'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseExperiment } from '../../src/engine/config'
import { monotoneSlopes } from '../../src/geometry/monotone-spline'
import { BENT, bentMargin, POINTS } from '../../src/losses/bend'
import { headSchema } from '../../src/losses/head'
import { marginSymbols } from '../../src/losses/margin-setting'
import { checkMargin } from '../../src/losses/margin-check'
import { MarginTable } from '../../src/losses/margin-table'
import { describeChange } from '../../src/session/describe-change'

const values = fc.array(fc.double({ min: -4, max: 2, noNaN: true }), {
  minLength: POINTS.length,
  maxLength: POINTS.length,
})
const bent = (at: readonly number[]) =>
  headSchema.parse({
    margin: { kind: BENT, parameters: Object.fromEntries(POINTS.map(({ id }, i) => [id, at[i]])) },
  })
const x = POINTS.map(({ degree }) => (degree * Math.PI) / 180)

describe('a curve that is bent', () => {
  it('has the slopes of the monotone curve of d3', () => {
    fc.assert(
      fc.property(values, (y) => {
        // d3 writes each piece as C a,b,c,d,e,f, whose first handle lies a third of the way along the slope.
        const path = line(
          ([px]) => px,
          ([, py]) => py,
        )
          .digits(12)
          .curve(curveMonotoneX)(x.map((px, i): [number, number] => [px, y[i]!]))!
        const pieces = path
          .split('C')
          .slice(1)
          .map((piece) => piece.split(',').map(Number))
        const slopes = monotoneSlopes(x, y)
        pieces.forEach(([ax, ay], i) => expect((ay! - y[i]!) / (ax! - x[i]!)).toBeCloseTo(slopes[i]!, 5))
      }),
    )
  })

  it('goes through its points, and its slope is that of its values', () => {
    fc.assert(
      fc.property(values, (at) => {
        const { psi, slope } = checkMargin(bent(at))
        POINTS.forEach(({ degree }, i) => expect(psi[degree]).toBeCloseTo(at[i]!, 9))
        for (const degree of [10, 45, 77, 133, 170]) {
          const across = (psi[degree + 1]! - psi[degree - 1]!) / (Math.PI / 90)
          // A difference over two degrees is off by what the third derivative is, at most 12 · 6 · 8 of these curves.
          expect(Math.abs(slope[degree]! - across)).toBeLessThan(0.05)
        }
      }),
    )
  })

  it('falls wherever its points do, and is warned of where they do not', () => {
    fc.assert(
      fc.property(values, (at) => {
        const falling = at.toSorted((a, b) => b - a).map((value, i) => value / 2 - 0.01 * i)
        expect(checkMargin(bent(falling)).notDecreasing).toEqual([])
      }),
    )
    const rising = [0.8, 0.7, 0.3, 0.5, -0.6, -1, -1.1]
    expect(checkMargin(bent(rising)).notDecreasing).toEqual([{ from: 60, to: 90 }])
  })

  it('starts from the ψ that was there', () => {
    const head = headSchema.parse({ margin: { kind: 'additive-angular', parameters: { m: 0.5 } } })
    const before = checkMargin(head).psi
    const after = checkMargin({ ...head, margin: bentMargin(head) }).psi
    // Past 151°, where θ + m is π, this ψ jumps, as no spline can.
    for (let degree = 0; degree <= 150; degree++) {
      expect(Math.abs(after[degree]! - before[degree]!)).toBeLessThan(0.05)
    }
    const broken = headSchema.parse({ margin: { kind: 'custom', text: '1/(theta-pi/2)' } })
    expect(bentMargin(broken).parameters).toMatchObject({ at0: -0.64, at60: -1.91, at120: 1.91 })
    const infinite = headSchema.parse({ margin: { kind: 'custom', text: 'log(theta)' } })
    expect(bentMargin(infinite).parameters.at0).toBe(-4)
    const none = headSchema.parse({ margin: { kind: 'custom', text: 'sqrt(0-theta)' } })
    expect(bentMargin(none).parameters).toMatchObject({ at0: 0, at60: 0.5, at180: -1 })
  })

  it('grows out of the cosine', () => {
    const { margin } = bent([0.5, 0.4, 0.3, 0, -0.6, -1, -1.5])
    const table = new MarginTable()
    table.update({ margin, symbols: marginSymbols(margin, 0, 0) })
    expect(table.active).toBe(false)
    table.update({ margin, symbols: marginSymbols(margin, 0.5, 0) })
    expect(table.psi(0)).toBeCloseTo((1 + 0.5) / 2, 5)
  })

  it('has its points on the timeline and in a link', () => {
    const [a, b] = [0.72, 0.6].map((at30) =>
      parseExperiment({ head: { margin: { kind: BENT, parameters: { at30 } } } }),
    )
    expect(describeChange(a!, b!)).toBe('at30 0.72 → 0.6')
    expect(() => parseExperiment({ head: { margin: { kind: BENT, parameters: { at30: 9 } } } })).toThrow(
      'at30',
    )
  })
})
