/**
 * Scalar expressions as data. A margin function ψ is written once, as an expression; from it come the curve
 * on the screen, the value and derivative that train on the CPU, and the shader that trains on the GPU, so
 * that these three cannot disagree.
 */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'symbol'; readonly name: string }
  | { readonly kind: 'unary'; readonly op: UnaryOperator; readonly a: Expression }
  | { readonly kind: 'binary'; readonly op: BinaryOperator; readonly a: Expression; readonly b: Expression }
  /** `a` where `left` < `right`, else `b`. */
  | {
      readonly kind: 'where'
      readonly left: Expression
      readonly right: Expression
      readonly a: Expression
      readonly b: Expression
    }

type UnaryOperator = 'sin' | 'cos' | 'sqrt' | 'exp' | 'log' | 'floor' | 'abs' | 'sign'
type BinaryOperator = '+' | '-' | '*' | '/' | 'power' | 'min' | 'max'

/** Numbers and names stand for themselves when an expression is built. */
export type Operand = Expression | number | string

export function term(t: Operand): Expression {
  if (typeof t === 'number') return { kind: 'number', value: t }
  if (typeof t === 'string') return { kind: 'symbol', name: t }
  return t
}

function isNumber(e: Expression, value: number): boolean {
  return e.kind === 'number' && e.value === value
}

export function add(a: Operand, b: Operand): Expression {
  const x = term(a)
  const y = term(b)
  if (isNumber(x, 0)) return y
  if (isNumber(y, 0)) return x
  return fold('+', x, y)
}

export function subtract(a: Operand, b: Operand): Expression {
  const x = term(a)
  const y = term(b)
  if (isNumber(y, 0)) return x
  return fold('-', x, y)
}

export function multiply(a: Operand, b: Operand): Expression {
  const x = term(a)
  const y = term(b)
  if (isNumber(x, 0) || isNumber(y, 0)) return term(0)
  if (isNumber(x, 1)) return y
  if (isNumber(y, 1)) return x
  return fold('*', x, y)
}

export function divide(a: Operand, b: Operand): Expression {
  const x = term(a)
  const y = term(b)
  if (isNumber(x, 0)) return term(0)
  if (isNumber(y, 1)) return x
  return fold('/', x, y)
}

export function power(a: Operand, b: Operand): Expression {
  const x = term(a)
  const y = term(b)
  if (isNumber(y, 1)) return x
  if (isNumber(y, 0)) return term(1)
  return fold('power', x, y)
}

export const min = (a: Operand, b: Operand): Expression => fold('min', term(a), term(b))
export const max = (a: Operand, b: Operand): Expression => fold('max', term(a), term(b))
export const negate = (a: Operand): Expression => multiply(-1, a)
export const sin = (a: Operand): Expression => unary('sin', a)
export const cos = (a: Operand): Expression => unary('cos', a)
export const sqrt = (a: Operand): Expression => unary('sqrt', a)
export const exp = (a: Operand): Expression => unary('exp', a)
export const log = (a: Operand): Expression => unary('log', a)
export const floor = (a: Operand): Expression => unary('floor', a)
export const abs = (a: Operand): Expression => unary('abs', a)

/** `a` where `left` < `right`, else `b`. */
export function where(left: Operand, right: Operand, a: Operand, b: Operand): Expression {
  return { kind: 'where', left: term(left), right: term(right), a: term(a), b: term(b) }
}

function unary(op: UnaryOperator, t: Operand): Expression {
  const a = term(t)
  return a.kind === 'number' ? term(UNARY[op](a.value)) : { kind: 'unary', op, a }
}

function fold(op: BinaryOperator, a: Expression, b: Expression): Expression {
  if (a.kind === 'number' && b.kind === 'number') return term(BINARY[op](a.value, b.value))
  return { kind: 'binary', op, a, b }
}

const UNARY: Record<UnaryOperator, (a: number) => number> = {
  sin: Math.sin,
  cos: Math.cos,
  sqrt: Math.sqrt,
  exp: Math.exp,
  log: Math.log,
  floor: Math.floor,
  abs: Math.abs,
  sign: Math.sign,
}

const BINARY: Record<BinaryOperator, (a: number, b: number) => number> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  power: Math.pow,
  min: Math.min,
  max: Math.max,
}

/** ∂e/∂name, all other symbols held constant; floor and sign count as constant between their jumps. */
export function differentiate(e: Expression, name: string): Expression {
  const d = (x: Expression): Expression => differentiate(x, name)
  switch (e.kind) {
    case 'number':
      return term(0)
    case 'symbol':
      return term(e.name === name ? 1 : 0)
    case 'where':
      return where(e.left, e.right, d(e.a), d(e.b))
    case 'unary': {
      const inner = d(e.a)
      if (isNumber(inner, 0)) return inner
      return multiply(unaryDerivative(e.op, e.a), inner)
    }
    case 'binary': {
      const da = d(e.a)
      const db = d(e.b)
      switch (e.op) {
        case '+':
          return add(da, db)
        case '-':
          return subtract(da, db)
        case '*':
          return add(multiply(da, e.b), multiply(e.a, db))
        case '/':
          return subtract(divide(da, e.b), divide(multiply(e.a, db), multiply(e.b, e.b)))
        case 'power': {
          const base = multiply(multiply(e.b, power(e.a, subtract(e.b, 1))), da)
          return isNumber(db, 0) ? base : add(base, multiply(multiply(e, log(e.a)), db))
        }
        case 'min':
          return where(e.a, e.b, da, db)
        case 'max':
          return where(e.a, e.b, db, da)
      }
    }
  }
}

function unaryDerivative(op: UnaryOperator, a: Expression): Expression {
  switch (op) {
    case 'sin':
      return cos(a)
    case 'cos':
      return negate(sin(a))
    case 'sqrt':
      return divide(0.5, sqrt(a))
    case 'exp':
      return exp(a)
    case 'log':
      return divide(1, a)
    case 'abs':
      return { kind: 'unary', op: 'sign', a }
    case 'floor':
    case 'sign':
      return term(0)
  }
}

/** The names of all symbols in `e`. */
export function symbols(e: Expression): Set<string> {
  return new Set(e.kind === 'symbol' ? [e.name] : operands(e).flatMap((operand) => [...symbols(operand)]))
}

/** All numbers that stand in `e`. */
export function numbers(e: Expression): number[] {
  return e.kind === 'number' ? [e.value] : operands(e).flatMap(numbers)
}

/** `e` with `change` applied to each of its parts, innermost first. */
export function rewrite(e: Expression, change: (part: Expression) => Expression): Expression {
  const r = (part: Expression): Expression => rewrite(part, change)
  switch (e.kind) {
    case 'number':
    case 'symbol':
      return change(e)
    case 'unary':
      return change({ ...e, a: r(e.a) })
    case 'binary':
      return change({ ...e, a: r(e.a), b: r(e.b) })
    case 'where':
      return change({ ...e, left: r(e.left), right: r(e.right), a: r(e.a), b: r(e.b) })
  }
}

function operands(e: Expression): Expression[] {
  switch (e.kind) {
    case 'number':
    case 'symbol':
      return []
    case 'unary':
      return [e.a]
    case 'binary':
      return [e.a, e.b]
    case 'where':
      return [e.left, e.right, e.a, e.b]
  }
}

export type Evaluator = (slots: Readonly<Float64Array>) => number

/**
 * Closures that evaluate `e`; `slots[i]` is the value of `names[i]`. No code is generated, so this works
 * under a strict Content-Security-Policy.
 * @param round what becomes of each result on the way, as Math.fround for single precision
 * @throws {RangeError} when `e` uses a symbol that `names` lacks.
 */
export function compile(
  e: Expression,
  names: readonly string[],
  round?: (value: number) => number,
): Evaluator {
  const exact = evaluator(e, (part) => compile(part, names, round), names)
  return round ? (slots) => round(exact(slots)) : exact
}

function evaluator(e: Expression, of: (part: Expression) => Evaluator, names: readonly string[]): Evaluator {
  switch (e.kind) {
    case 'number': {
      const { value } = e
      return () => value
    }
    case 'symbol': {
      const index = names.indexOf(e.name)
      if (index < 0) throw new RangeError(`the expression uses the unknown symbol "${e.name}"`)
      return (slots) => slots[index]!
    }
    case 'unary': {
      const f = UNARY[e.op]
      const a = of(e.a)
      return (slots) => f(a(slots))
    }
    case 'binary': {
      const f = BINARY[e.op]
      const a = of(e.a)
      const b = of(e.b)
      return (slots) => f(a(slots), b(slots))
    }
    case 'where': {
      const left = of(e.left)
      const right = of(e.right)
      const a = of(e.a)
      const b = of(e.b)
      return (slots) => (left(slots) < right(slots) ? a(slots) : b(slots))
    }
  }
}

/**
 * `e` in WGSL (and GLSL, which writes these the same); `name` turns a symbol into shader text, and `call` the
 * name of a function, for shaders that bring their own.
 */
export function toShader(
  e: Expression,
  name: (symbol: string) => string,
  call: (f: string) => string = (f) => f,
): string {
  const s = (x: Expression): string => toShader(x, name, call)
  switch (e.kind) {
    case 'number': {
      const text = String(e.value)
      return e.value < 0 ? `(${literal(text)})` : literal(text)
    }
    case 'symbol':
      return name(e.name)
    case 'unary':
      return `${call(e.op)}(${s(e.a)})`
    case 'binary':
      switch (e.op) {
        case 'power':
          return `${call('pow')}(${s(e.a)}, ${s(e.b)})`
        case 'min':
        case 'max':
          return `${call(e.op)}(${s(e.a)}, ${s(e.b)})`
        default:
          return `(${s(e.a)} ${e.op} ${s(e.b)})`
      }
    case 'where':
      return `select(${s(e.b)}, ${s(e.a)}, ${s(e.left)} < ${s(e.right)})`
  }
}

function literal(text: string): string {
  return /[.e]/.test(text) ? text : `${text}.0`
}
