import jsep from 'jsep'
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

type Build = (...args: Expression[]) => Expression

const FUNCTIONS: ReadonlyMap<string, { readonly arity: number; readonly build: Build }> = new Map([
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

const OPERATORS: ReadonlyMap<string, Build> = new Map([
  ['+', build.add],
  ['-', build.subtract],
  ['*', build.multiply],
  ['/', build.divide],
  ['^', build.power],
])

/*
 * The parser knows nothing beyond arithmetic. Its unary minus binds closer than a power, so that −x² would be
 * (−x)²; a power is therefore taken together with its base, and the minus comes after it.
 */
for (const operator of Object.keys(jsep.binary_ops)) {
  if (!'+-*/'.includes(operator)) jsep.removeBinaryOp(operator)
}
jsep.removeAllLiterals()
jsep.hooks.add('gobble-token', function (env) {
  if (/[\d.]/.test(this.char)) env.node = this.gobbleNumericLiteral()!
})
jsep.hooks.add('after-token', function (env) {
  if (!env.node) return
  this.gobbleSpaces()
  if (this.char !== '^') return
  this.index++
  const right = this.gobbleToken()
  if (!right) this.throwError('Expected expression after ^')
  env.node = { type: 'BinaryExpression', operator: '^', left: env.node, right }
})

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
  const tokens = tokenize(text)
  checkOrder(text, tokens)
  const names = tokens.filter(({ kind }) => kind === 'name')
  const result = convert(parse(text), names.values(), symbols)
  for (const e of [result, build.differentiate(result, 'theta'), build.differentiate(result, 'cosTheta')]) {
    if (build.numbers(e).some((value) => !(Math.abs(value) < MOST))) {
      throw new ExpressionTextError('it contains a number that is not finite', 0, text.length)
    }
  }
  return result
}

function parse(text: string): jsep.Expression {
  try {
    return jsep(text)
  } catch (error) {
    const { index = text.length, description = 'this is no expression' } = error as {
      index?: number
      description?: string
    }
    throw new ExpressionTextError(sentence(description), Math.min(index, text.length), 0)
  }
}

const sentence = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)

/** Finds what the parser would take for something else, or could not place. */
function checkOrder(text: string, tokens: readonly Token[]): void {
  if (tokens.length === 0) throw new ExpressionTextError('an expression is missing', 0, text.length)
  const fail = (reason: string, { start, text: { length } }: Token): never => {
    throw new ExpressionTextError(reason, start, length)
  }
  const open: { readonly token: Token; readonly call: boolean }[] = []
  tokens.forEach((token, i) => {
    const before = tokens[i - 1]
    const begins = token.kind !== 'mark' || token.text === '('
    const ended = before !== undefined && (before.kind !== 'mark' || before.text === ')')
    const call = token.text === '(' && before?.kind === 'name' && FUNCTIONS.has(before.text)
    if (token.kind === 'other') fail(`"${token.text}" is not allowed`, token)
    if (begins && ended && !call) fail(`an operator is missing before "${token.text}"`, token)
    if (token.text === '(') {
      open.push({ token, call })
      if (open.length > MOST_BRACKETS) fail('too many brackets are open', token)
    }
    if ((token.text === ')' || token.text === ',') && !ended) {
      fail(`something is missing before "${token.text}"`, token)
    }
    if (token.text === ')') {
      if (open.pop() === undefined) fail('this bracket was not opened', token)
    }
    if (token.text === ',' && !open.at(-1)?.call)
      fail('a comma separates the arguments of a function only', token)
  })
  const last = open.at(-1)
  if (last) fail('this bracket is not closed', last.token)
}

/** @param names all names of the text in their order, which is also that of the walk */
function convert(
  node: jsep.Expression,
  names: Iterator<Token, undefined>,
  symbols: ReadonlyMap<string, Expression>,
): Expression {
  const c = (part: unknown): Expression => convert(part as jsep.Expression, names, symbols)
  const nextName = (): Token => names.next().value!
  switch (node.type) {
    case 'Literal':
      return build.term(node.value as number)
    case 'Identifier':
    case 'ThisExpression': {
      // "this" is a word of the parser's own, and here as unknown as any other.
      const token = nextName()
      const constant = CONSTANTS.get(token.text)
      const known = symbols.get(token.text) ?? (constant === undefined ? undefined : build.term(constant))
      if (known) return known
      const reason = FUNCTIONS.has(token.text)
        ? `"${token.text}" is a function and needs its argument in brackets`
        : `"${token.text}" is not known`
      throw new ExpressionTextError(reason, token.start, token.text.length)
    }
    case 'CallExpression': {
      const token = nextName()
      const { arity, build: make } = FUNCTIONS.get(token.text)!
      const given = node.arguments as jsep.Expression[]
      if (given.length !== arity) {
        const reason = `"${token.text}" takes ${arity === 1 ? 'one argument' : 'two arguments'}`
        throw new ExpressionTextError(reason, token.start, token.text.length)
      }
      return make(...given.map(c))
    }
    case 'UnaryExpression': {
      const a = c(node.argument)
      return node.operator === '-' ? build.negate(a) : a
    }
    case 'BinaryExpression': {
      const make = OPERATORS.get(node.operator as string)!
      return make(c(node.left), c(node.right))
    }
    default:
      throw new ExpressionTextError('this is no expression', 0, 0)
  }
}
