import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  abs,
  add,
  compile,
  cos,
  differentiate,
  divide,
  exp,
  floor,
  log,
  multiply,
  power,
  sin,
  sqrt,
  subtract,
  symbols,
  term,
  where,
  type Expression,
} from '../../src/geometry/expression'

const value = (e: Expression, x: number): number => compile(e, ['x'])(Float64Array.of(x))

/** Smooth expressions of x, of any depth. */
const expressions = fc.letrec<{ e: Expression }>((tie) => ({
  e: fc.oneof(
    { depthSize: 'small' },
    fc.constant(term('x')),
    fc.double({ min: -2, max: 2, noNaN: true }).map(term),
    fc.tuple(tie('e'), tie('e')).map(([a, b]) => add(a, b)),
    fc.tuple(tie('e'), tie('e')).map(([a, b]) => subtract(a, b)),
    fc.tuple(tie('e'), tie('e')).map(([a, b]) => multiply(a, b)),
    fc.tuple(tie('e'), tie('e')).map(([a, b]) => divide(a, add(3, sin(b)))),
    tie('e').map((a) => sin(a)),
    tie('e').map((a) => cos(a)),
    tie('e').map((a) => exp(sin(a))),
    tie('e').map((a) => log(add(2, cos(a)))),
    tie('e').map((a) => sqrt(add(2, cos(a)))),
    tie('e').map((a) => power(add(2, sin(a)), 1.7)),
  ),
})).e

describe('expressions', () => {
  it('have the derivative that finite differences show', () => {
    fc.assert(
      fc.property(expressions, fc.double({ min: -1, max: 1, noNaN: true }), (e, x) => {
        const h = 1e-5
        const slope = (value(e, x + h) - value(e, x - h)) / (2 * h)
        const curvature = Math.abs(value(e, x + h) - 2 * value(e, x) + value(e, x - h)) / h ** 2
        const tolerance = 1e-4 * (1 + Math.abs(slope) + Math.abs(value(e, x)) + curvature)
        fc.pre(curvature < 1e4)
        expect(Math.abs(value(differentiate(e, 'x'), x) - slope)).toBeLessThan(tolerance)
      }),
    )
  })

  it('choose branches, and differentiate the chosen one', () => {
    const e = where('x', 1, multiply('x', 'x'), multiply(3, 'x'))
    expect([0.5, 1, 2].map((x) => value(e, x))).toEqual([0.25, 3, 6])
    expect([0.5, 1, 2].map((x) => value(differentiate(e, 'x'), x))).toEqual([1, 3, 3])
  })

  it('treat floor as constant and the absolute value by its sign', () => {
    expect(value(differentiate(floor('x'), 'x'), 0.3)).toBe(0)
    expect(value(differentiate(abs('x'), 'x'), -2)).toBe(-1)
  })

  it('name their symbols, and refuse unknown ones', () => {
    const e = add(multiply('m', 'theta'), cos('theta'))
    expect(symbols(e)).toEqual(new Set(['m', 'theta']))
    expect(() => compile(e, ['theta'])).toThrow('unknown symbol "m"')
  })
})
