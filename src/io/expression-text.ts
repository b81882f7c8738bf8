import * as build from '../geometry/expression'
import type { Expression } from '../geometry/expression'
import { tokenize, type Token } from './expression-tokens'

/** A text that is no expression; the message says in one sentence what is wrong, and where. */
export class ExpressionTextError extends Error {
  override readonly name = 'ExpressionTextError'

  /**
   * @param reason what is wrong, as a sentence without its place
   * @param position of the first wrong character, from 0
   * @param length of the wrong part; 0 where something is missing
   */
  constructor(
    readonly reason: string,
    readonly position: number,
    readonly length: number,
  ) {
    super(`at character ${position + 1}: ${reason}`)
  }
}

export const MOST_CHARACTERS = 200
const MOST_BRACKETS = 24
/** Beyond this a number is infinite where training computes in single precision. */
const MOST = 3e38

interface Callable {
  readonly arity: number
  readonly build: (...args: Expression[]) => Expression
}

const FUNCTIONS: ReadonlyMap<string, Callable> = new Map([
  ...(['sin', 'cos', 'sqrt', 'exp', 'log', 'abs', 'floor'] as const).map(
    (name) => [name, { arity: 1, build: build[name] }] as const,
  ),
  ['min', { arity: 2, build: build.min }],
  ['max', { arity: 2, build: build.max }],
  ['pow', { arity: 2, build: build.power }],
])

/** The functions that an expression may use. */
export const FUNCTION_NAMES: readonly string[] = [...FUNCTIONS.keys()]

const CONSTANTS: ReadonlyMap<string, number> = new Map([
  ['pi', Math.PI],
  ['π', Math.PI],
  ['e', Math.E],
])

/**
 * The expression that a text means: numbers, + − * / ^, brackets, FUNCTION_NAMES, pi, e, and the symbols.
 * @param symbols what a name stands for
 * @throws {ExpressionTextError} with the place of what is wrong.
 */
export function parseExpressionText(text: string, symbols: ReadonlyMap<string, Expression>): Expression {
  if (text.length > MOST_CHARACTERS) {
    const reason = `more than ${MOST_CHARACTERS} characters are too long`
    throw new ExpressionTextError(reason, MOST_CHARACTERS, text.length - MOST_CHARACTERS)
  }
  const result = new Parser(text, symbols).parse()
  for (const e of [result, build.differentiate(result, 'theta'), build.differentiate(result, 'cosTheta')]) {
    if (build.numbers(e).some((value) => !(Math.abs(value) < MOST))) {
      throw new ExpressionTextError('it contains a number that is not finite', 0, text.length)
    }
  }
  return result
}

/**
 * Recursive descent, as deep as brackets and signs are nested, which the length of a text bounds:
 *
 *     sum     = product { ("+" | "-") product }
 *     product = signed { ("*" | "/") signed }
 *     signed  = ("+" | "-") signed | power
 *     power   = operand [ "^" signed ]
 *     operand = NUMBER | NAME | FUNCTION "(" sum { "," sum } ")" | "(" sum ")"
 *
 * so that −x² is −(x²), and 2^3^2 is 2^(3^2).
 */
class Parser {
  private readonly tokens: readonly Token[]
  private next = 0
  /** The brackets that are open. */
  private readonly open: Token[] = []

  constructor(
    private readonly text: string,
    private readonly symbols: ReadonlyMap<string, Expression>,
  ) {
    this.tokens = tokenize(text)
  }

  parse(): Expression {
    if (this.tokens.length === 0) {
      throw new ExpressionTextError('an expression is missing', 0, this.text.length)
    }
    const result = this.sum()
    if (this.next < this.tokens.length) this.failAfterOperand()
    return result
  }

  private sum(): Expression {
    let left = this.product()
    for (let operator = this.take('+', '-'); operator; operator = this.take('+', '-')) {
      const right = this.product()
      left = operator.text === '+' ? build.add(left, right) : build.subtract(left, right)
    }
    return left
  }

  private product(): Expression {
    let left = this.signed()
    for (let operator = this.take('*', '/'); operator; operator = this.take('*', '/')) {
      const right = this.signed()
      left = operator.text === '*' ? build.multiply(left, right) : build.divide(left, right)
    }
    return left
  }

  private signed(): Expression {
    const sign = this.take('+', '-')
    if (!sign) return this.power()
    const value = this.signed()
    return sign.text === '-' ? build.negate(value) : value
  }

  private power(): Expression {
    const base = this.operand()
    return this.take('^') ? build.power(base, this.signed()) : base
  }

  private operand(): Expression {
    const token = this.tokens[this.next]
    if (token?.kind === 'number') {
      this.next++
      return build.term(Number(token.text))
    }
    if (token?.kind === 'name') {
      this.next++
      return this.named(token)
    }
    if (token?.text !== '(') return this.failBeforeOperand(token)
    this.openBracket()
    const inner = this.sum()
    this.closeBracket()
    return inner
  }

  private named(token: Token): Expression {
    const { text } = token
    const called = FUNCTIONS.get(text)
    if (called && this.tokens[this.next]?.text === '(') return this.call(token, called)
    const constant = CONSTANTS.get(text)
    const known = this.symbols.get(text) ?? (constant === undefined ? undefined : build.term(constant))
    if (known) return known
    return fail(
      called ? `"${text}" is a function and needs its argument in brackets` : `"${text}" is not known`,
      token,
    )
  }

  private call(name: Token, { arity, build: make }: Callable): Expression {
    this.openBracket()
    const given = [this.sum()]
    while (this.take(',')) given.push(this.sum())
    this.closeBracket()
    if (given.length !== arity) {
      fail(`"${name.text}" takes ${arity === 1 ? 'one argument' : 'two arguments'}`, name)
    }
    return make(...given)
  }

  /** The next token if it is one of these marks, which is then behind us. */
  private take(...marks: readonly string[]): Token | null {
    const token = this.tokens[this.next]
    if (token?.kind !== 'mark' || !marks.includes(token.text)) return null
    this.next++
    return token
  }

  private openBracket(): void {
    const token = this.take('(')!
    this.open.push(token)
    if (this.open.length > MOST_BRACKETS) fail('too many brackets are open', token)
  }

  private closeBracket(): void {
    if (!this.take(')')) this.failAfterOperand()
    this.open.pop()
  }

  private failBeforeOperand(token: Token | undefined): never {
    const before = this.tokens[this.next - 1]
    if (token?.kind === 'other') fail(`"${token.text}" is not allowed`, token)
    if (token?.text === ')' || token?.text === ',') fail(`something is missing before "${token.text}"`, token)
    this.failIfOpen(token)
    const place = token?.start ?? this.text.length
    if (!before || before.text === '(' || before.text === ',') {
      throw new ExpressionTextError(`unexpected "${token!.text}"`, place, 0)
    }
    throw new ExpressionTextError(`expected expression after ${before.text}`, place, 0)
  }

  private failAfterOperand(): never {
    const token = this.tokens[this.next]
    this.failIfOpen(token)
    const { kind, text } = token!
    if (kind === 'other') fail(`"${text}" is not allowed`, token!)
    if (text === ')') fail('this bracket was not opened', token!)
    if (text === ',') fail('a comma separates the arguments of a function only', token!)
    return fail(`an operator is missing before "${text}"`, token!)
  }

  private failIfOpen(end: Token | undefined): void {
    const last = this.open.at(-1)
    if (!end && last) fail('this bracket is not closed', last)
  }
}

function fail(reason: string, { start, text: { length } }: Token): never {
  throw new ExpressionTextError(reason, start, length)
}
