import {
  add,
  compile,
  multiply,
  rewrite,
  subtract,
  symbols,
  term,
  where,
  type Expression,
} from '../../geometry/expression'
import { toTex } from '../../geometry/expression-tex'
import { recent } from '../../geometry/recent'
import { parseExpressionText } from '../../io/expression-text'
import type { MarginFunction } from '../margin-function'

const DEFAULT = 'cos(theta) - m'

/** What may stand in the text. */
const NAMES = new Map(
  [...['theta', 'cosTheta', 'm', 'k', 's'].map((name) => [name, name] as const), ['θ', 'theta'] as const].map(
    ([name, symbol]) => [name, term(symbol)],
  ),
)

interface Written {
  /** As written, with cosTheta for cos(theta). */
  readonly text: Expression
  /** ψ while the margin grows too. */
  readonly psi: Expression
  /** Whether it grows with m: at m = 0 it asks for nothing. Else ψ grows out of the cosine as a whole. */
  readonly growsWithM: boolean
}

const known = recent<Written>(64)

function written(text: string): Written {
  return known(text, () => {
    const isCosine = (e: Expression): boolean =>
      e.kind === 'unary' && e.op === 'cos' && e.a.kind === 'symbol' && e.a.name === 'theta'
    const e = rewrite(parseExpressionText(text, NAMES), (part) => (isCosine(part) ? term('cosTheta') : part))
    const growsWithM = isCosineWithoutM(e)
    const blend = add('cosTheta', multiply('strength', subtract(e, 'cosTheta')))
    return { text: e, psi: growsWithM ? e : where('strength', 1, blend, e), growsWithM }
  })
}

function isCosineWithoutM(e: Expression): boolean {
  if (!symbols(e).has('m')) return false
  const value = compile(e, ['theta', 'cosTheta', 'm', 'k', 's'])
  return [0.3, 1.1, 2.9].every((theta) =>
    [0.7, 1.9].every(
      (k) => Math.abs(value(Float64Array.of(theta, Math.cos(theta), 0, k, 16)) - Math.cos(theta)) < 1e-9,
    ),
  )
}

/** ψ as the user writes it, over θ, the margin m, a second parameter k and the scale s. */
export const margin: MarginFunction = {
  id: 'custom',
  name: 'custom',
  parameters: [
    {
      id: 'm',
      alias: 'margin',
      symbol: 'm',
      label: 'margin',
      unit: '',
      min: 0,
      max: 2,
      step: 0.01,
      default: 0.15,
      neutral: 0,
      help: 'What m does is up to the formula.',
    },
    {
      id: 'k',
      symbol: 'k',
      label: 'second parameter',
      unit: '',
      min: -4,
      max: 4,
      step: 0.01,
      default: 1,
      help: 'What k does is up to the formula.',
    },
  ],
  psi: written(DEFAULT).psi,
  derive: ({ m = 0 }, _step, { setting, scale, strength }) =>
    written(setting.text ?? DEFAULT).growsWithM
      ? { s: scale, strength: 1 }
      : { s: scale, strength, m: setting.parameters.m ?? m },
  text: {
    default: DEFAULT,
    psi: (text) => written(text).psi,
    equation: (text) =>
      toTex(written(text).text, (name) => (name === 'theta' ? String.raw`\theta ` : String.raw`\p{${name}}`)),
  },
  equation: String.raw`\cos\theta-\p{m}`,
  source: { text: 'written by hand', year: 2026 },
}
