import type { Expression } from './expression'

/** How closely the parts of a formula hold together. */
const SUM = 1
const PRODUCT = 2
const POWER = 3
const ATOM = 4

/**
 * `e` in TeX.
 * @param name turns a symbol into TeX
 */
export function toTex(e: Expression, name: (symbol: string) => string): string {
  return typeset(e, name)[0]
}

/** TeX, and how closely its outermost operator binds. */
function typeset(e: Expression, name: (symbol: string) => string): [tex: string, binding: number] {
  const tex = (part: Expression): string => typeset(part, name)[0]
  /** In brackets, where it holds together less closely than it must. */
  const within = (part: Expression, least: number): string => {
    const [inner, binding] = typeset(part, name)
    return binding < least ? String.raw`\left(${inner}\right)` : inner
  }
  switch (e.kind) {
    case 'number':
      return [numberTex(e.value), e.value < 0 ? SUM : ATOM]
    case 'symbol':
      return e.name === 'cosTheta' ? [String.raw`\cos\theta`, PRODUCT] : [name(e.name), ATOM]
    case 'where':
      return [
        String.raw`\begin{cases}${tex(e.a)}&${tex(e.left)}<${tex(e.right)}\\${tex(e.b)}\end{cases}`,
        ATOM,
      ]
    case 'unary':
      switch (e.op) {
        case 'sqrt':
          return [String.raw`\sqrt{${tex(e.a)}}`, ATOM]
        case 'exp':
          return [`e^{${tex(e.a)}}`, POWER]
        case 'abs':
          return [String.raw`\left|${tex(e.a)}\right|`, ATOM]
        case 'floor':
          return [String.raw`\left\lfloor ${tex(e.a)}\right\rfloor`, ATOM]
        case 'sign':
          return [String.raw`\operatorname{sign}\left(${tex(e.a)}\right)`, ATOM]
        default:
          return [`\\${e.op}${within(e.a, e.a.kind === 'symbol' ? 0 : ATOM + 1)}`, ATOM]
      }
    case 'binary':
      switch (e.op) {
        case '+':
          return [`${tex(e.a)}+${within(e.b, SUM + (startsWithMinus(e.b) ? 1 : 0))}`, SUM]
        case '-':
          return [`${tex(e.a)}-${within(e.b, PRODUCT)}`, SUM]
        case '*':
          if (e.a.kind === 'number' && e.a.value === -1) return [`-${within(e.b, PRODUCT)}`, SUM]
          // Two numbers side by side would read as one.
          return [[e.a, e.b].map((each) => within(each, PRODUCT)).join(timesBefore(e.b)), PRODUCT]
        case '/':
          return [String.raw`\frac{${tex(e.a)}}{${tex(e.b)}}`, ATOM]
        case 'power':
          return [`{${within(e.a, ATOM)}}^{${tex(e.b)}}`, POWER]
        case 'min':
        case 'max':
          return [`\\${e.op}\\left(${tex(e.a)},${tex(e.b)}\\right)`, ATOM]
      }
  }
}

function startsWithMinus(e: Expression): boolean {
  if (e.kind === 'number') return e.value < 0
  return e.kind === 'binary' && e.op !== 'min' && e.op !== 'max' && startsWithMinus(e.a)
}

const timesBefore = (e: Expression): string => (startsWithDigit(e) ? String.raw`\cdot ` : String.raw`\,`)

function startsWithDigit(e: Expression): boolean {
  if (e.kind === 'number') return true
  return e.kind === 'binary' && (e.op === '*' || e.op === 'power') && startsWithDigit(e.a)
}

function numberTex(value: number): string {
  if (value === Math.PI) return String.raw`\pi`
  const text = String(Number(value.toPrecision(4)))
  const [mantissa, exponent] = text.split('e')
  return exponent === undefined ? text : String.raw`${mantissa!}\cdot10^{${Number(exponent)}}`
}
