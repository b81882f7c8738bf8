import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  compile,
  differentiate,
  max,
  min,
  numbers,
  term,
  toShader,
  type Expression,
} from '../../src/geometry/expression'
import { toTex } from '../../src/geometry/expression-tex'
import {
  ExpressionTextError,
  FUNCTION_NAMES,
  MOST_CHARACTERS,
  parseExpressionText,
} from '../../src/io/expression-text'

const SYMBOLS = new Map(['theta', 'm', 'k'].map((name) => [name, term(name)]))
const SLOTS = ['theta', 'm', 'k']
const parse = (text: string): Expression => parseExpressionText(text, SYMBOLS)
const value = (text: string, theta = 0, m = 0, k = 0): number =>
  compile(parse(text), SLOTS)(Float64Array.of(theta, m, k))

function error(text: string): ExpressionTextError {
  try {
    parse(text)
  } catch (e) {
    if (e instanceof ExpressionTextError) return e
    throw e
  }
  throw new Error(`"${text}" was taken`)
}

/** Texts with the function that they mean. */
type Written = readonly [text: string, f: (theta: number, m: number) => number]
const leaf = fc.oneof(
  fc.constant<Written>(['theta', (t) => t]),
  fc.constant<Written>(['m', (_, m) => m]),
  fc.constant<Written>(['pi', () => Math.PI]),
  fc.double({ min: 0, max: 9, noNaN: true }).map((n): Written => [n.toFixed(2), () => Number(n.toFixed(2))]),
)
const writtenTexts = fc.letrec<{ e: Written }>((tie) => ({
  e: fc.oneof(
    { depthSize: 'small', maxDepth: 4 },
    leaf,
    fc
      .tuple(tie('e'), tie('e'), fc.constantFrom('+', '-', '*'))
      .map(([[a, f], [b, g], operator]): Written => [
        `(${a} ${operator} ${b})`,
        (t, m) =>
          operator === '+' ? f(t, m) + g(t, m) : operator === '-' ? f(t, m) - g(t, m) : f(t, m) * g(t, m),
      ]),
    tie('e').map(([a, f]): Written => [`-sin(${a})`, (t, m) => -Math.sin(f(t, m))]),
    tie('e').map(([a, f]): Written => [`cos(${a})`, (t, m) => Math.cos(f(t, m))]),
    fc
      .tuple(tie('e'), tie('e'))
      .map(([[a, f], [b, g]]): Written => [`min(${a},${b})`, (t, m) => Math.min(f(t, m), g(t, m))]),
    tie('e').map(([a, f]): Written => [`(2 + cos(${a}))^2`, (t, m) => (2 + Math.cos(f(t, m))) ** 2]),
  ),
})).e

describe('the text of an expression', () => {
  it('means what it means in mathematics', () => {
    expect(value('1 + 2 * 3')).toBe(7)
    expect(value('8 / 4 / 2')).toBe(1)
    expect(value('5 - 2 - 1')).toBe(2)
    expect(value('2^3^2')).toBe(512)
    expect(value('-theta^2', 3)).toBe(-9)
    expect(value('(-theta)^2', 3)).toBe(9)
    expect(value('2^-1')).toBe(0.5)
    expect(value('2*theta^2', 3)).toBe(18)
    expect(value('- -theta + +2', 3)).toBe(5)
    expect(value('pow(theta, m)', 2, 3)).toBe(8)
    expect(value('1e2 + .5 + 2.')).toBe(102.5)
    expect(value('e^0 + log(e) + 2*π/π')).toBeCloseTo(4, 12)
    expect(value('cos(1.35*theta)', 1)).toBe(Math.cos(1.35))
    expect(value('max(floor(theta), abs(-m)) + sqrt(exp(k))', 2.5, 1, 0)).toBe(3)
  })

  it('agrees with what was printed', () => {
    fc.assert(
      fc.property(
        writtenTexts.filter(([text]) => text.length <= MOST_CHARACTERS),
        fc.double({ min: 0, max: 3, noNaN: true }),
        ([text, f], theta) => {
          const expected = f(theta, 0.5)
          const actual = value(text, theta, 0.5)
          expect(Math.abs(actual - expected), text).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(expected)))
        },
      ),
    )
  })

  it('that is any string is an expression or a typed error with its place', () => {
    const pieces = fc
      .array(
        fc.constantFrom(
          'theta',
          'm',
          'k',
          'x',
          'this',
          'true',
          'pi',
          '1',
          '.',
          '2.5',
          '1e9',
          '1e400',
          ' ',
          ',',
          '(',
          ')',
          '+',
          '-',
          '*',
          '**',
          '/',
          '^',
          '%',
          '==',
          '?',
          ':',
          '[',
          ']',
          '"',
          '`',
          '\\',
          'a.b',
          ';',
          'θ',
          ...FUNCTION_NAMES.map((name) => `${name}(`),
        ),
        { maxLength: 60 },
      )
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(fc.oneof(pieces, fc.string({ maxLength: 300, unit: 'binary' })), (text) => {
        try {
          const e = parse(text)
          expect(numbers(differentiate(e, 'theta')).every(Number.isFinite)).toBe(true)
          expect(Number.isNaN(value(text, 1, 1, 1)) || typeof value(text, 1, 1, 1) === 'number').toBe(true)
        } catch (e) {
          if (!(e instanceof ExpressionTextError)) throw e
          expect(e.position).toBeGreaterThanOrEqual(0)
          expect(e.position + e.length).toBeLessThanOrEqual(text.length)
          expect(e.reason.length).toBeGreaterThan(5)
        }
      }),
      { numRuns: 500 },
    )
  })

  it.each([
    ['', 0, 'missing'],
    ['cos(theta) + foo', 13, '"foo" is not known'],
    ['cos(theta) + cos', 13, 'needs its argument'],
    ['cos(theta, 1)', 0, 'takes one argument'],
    ['pow(theta)', 0, 'takes two arguments'],
    ['2 theta', 2, 'operator is missing before "theta"'],
    ['m(theta)', 1, 'operator is missing before "("'],
    ['theta % 2', 6, '"%" is not allowed'],
    ['constructor', 0, '"constructor" is not known'],
    ['theta.m', 5, '"." is not allowed'],
    ['cos(theta))', 10, 'was not opened'],
    ['cos(theta', 3, 'not closed'],
    ['theta +', 7, 'expected expression'],
    ['theta, m', 5, 'comma'],
    ['cos()', 4, 'something is missing'],
    ['theta * (1/0)', 0, 'not finite'],
    ['this', 0, '"this" is not known'],
    ['2 * -', 5, 'expected expression after -'],
    ['theta + * m', 8, 'expected expression after +'],
    ['* 2', 0, 'unexpected "*"'],
    ['cos(/ 2)', 4, 'unexpected "/"'],
    ['(1 +', 0, 'not closed'],
    ['foo(1)', 0, '"foo" is not known'],
    ['pow((1, 2), 3)', 6, 'comma'],
  ])('"%s" is wrong at character %i: %s', (text, position, reason) => {
    const { position: at, reason: why, message } = error(text)
    expect([at, why.toLowerCase()]).toEqual([position, expect.stringContaining(reason.toLowerCase())])
    expect(message).toContain(`at character ${position + 1}: `)
  })

  it('may not be too long or too deep', () => {
    expect(error('1+'.repeat(100) + '1').position).toBe(MOST_CHARACTERS)
    expect(error('('.repeat(60) + '1' + ')'.repeat(60)).reason).toContain('too many brackets')
    expect(value(`${'-'.repeat(MOST_CHARACTERS - 1)}1`)).toBe(-1)
    // The longest of all derivatives is still short.
    const chain = Array.from({ length: 33 }, () => 'theta').join('^')
    expect(numbers(differentiate(parse(chain), 'theta')).length).toBeLessThan(20_000)
  })
})

describe('min and max', () => {
  it('have derivatives and shaders', () => {
    const e = min('theta', max('m', 1))
    const at = (x: Expression, theta: number): number => compile(x, SLOTS)(Float64Array.of(theta, 2, 0))
    expect([at(e, 1), at(e, 3)]).toEqual([1, 2])
    const slope = differentiate(e, 'theta')
    expect([at(slope, 1), at(slope, 3)]).toEqual([1, 0])
    expect(toShader(e, (name) => name)).toBe('min(theta, max(m, 1.0))')
  })
})

describe('an expression in TeX', () => {
  const tex = (text: string): string => toTex(parse(text), (name) => (name === 'theta' ? '\\theta ' : name))

  it('has the brackets that it needs, and no others', () => {
    expect(tex('cos(theta)-m*(1-theta/pi)')).toBe(
      String.raw`\cos\theta -m\,\left(1-\frac{\theta }{\pi}\right)`,
    )
    expect(tex('(theta-m)-(k-1)')).toBe(String.raw`\theta -m-\left(k-1\right)`)
    expect(tex('-(theta+m)^2')).toBe(String.raw`-{\left(\theta +m\right)}^{2}`)
    expect(tex('2*3.5*theta')).toBe(String.raw`7\,\theta `)
    expect(tex('m+-theta')).toBe(String.raw`m+\left(-\theta \right)`)
    expect(tex('exp(-(k*theta))')).toBe(String.raw`e^{-k\,\theta }`)
  })
})
