import type { Head } from '../losses/head'
import { equationTex } from '../losses/margin-setting'
import { HEAD_LOSSES } from '../losses/head-loss-registry'
import { MARGINS } from '../losses/margin-registry'
import type { TermSetting } from '../losses/forms/base'
import { TERMS } from '../losses/term-registry'

/** The lines of an equation in TeX, once with symbols and once with the numbers of now. */
export interface Equation {
  readonly loss: string
  /** z_y, the target logit. */
  readonly target: { readonly symbols: string; readonly numbers: string }
  /** z_j, every other logit. */
  readonly other: { readonly symbols: string; readonly numbers: string }
  /** What the symbols of those mean, with numbers, as "k=…". */
  readonly lines: readonly string[]
  /** L_k of each added term and what its symbols mean, with its numbers. */
  readonly terms: readonly string[]
}

/** Class of the element that stands for a parameter in a typeset equation. */
export function symbolClass(id: string): string {
  return `symbol-${id}`
}

/** How a number stands in an equation. */
export function formatNumber(value: number): string {
  if (Number.isInteger(value)) return String(value)
  const size = Math.abs(value)
  return value.toFixed(size < 0.02 ? 4 : size < 0.1 ? 3 : 2)
}

const part = (id: string, tex: string): string => String.raw`\htmlClass{parameter ${symbolClass(id)}}{${tex}}`

/** `tex` with `value` in place of its parameters. */
function fill(tex: string, value: (id: string) => string): string {
  return tex.replaceAll(/\\p\{(\w+)\}/g, (_, id: string) => value(id))
}

/** The name under which a parameter of a term lights up, as terms may share names with the head. */
export function termHighlight(kind: string, id: string): string {
  return `${kind}-${id}`
}

/** The name under which a parameter of the head's loss lights up. */
export function lossHighlight(id: string): string {
  return `loss-${id}`
}

/** L with the term's name. */
function termSymbol({ kind }: TermSetting): string {
  return String.raw`L_{\text{${kind}}}`
}

/** A term's value in TeX with its numbers, and what its symbols mean, each a line. */
export function termEquation(term: TermSetting): string[] {
  const { kind, parameters, normalized } = term
  const { equation, lines, cosine } = TERMS.get(kind)
  const directions = normalized && !cosine
  const written = [`${termSymbol(term)}=${equation}`, ...lines].map((tex) =>
    fill(tex, (id) => part(termHighlight(kind, id), formatNumber(parameters[id] ?? NaN))).replaceAll(
      /\\x(?![a-z])/g,
      directions ? String.raw` \hat x` : ' x',
    ),
  )
  return directions ? [...written, String.raw`\hat x=x/\lVert x\rVert`] : written
}

/** Whether something can be multiplied as it stands; a sum needs brackets. */
function isFactor(tex: string): boolean {
  if (/^(\\(frac|begin|operatorname)|h_)/.test(tex) || /^\\cos\\theta_[yj] $/.test(tex)) return true
  if (!/^\\cos(\\left)?\(/.test(tex)) return false
  // A cosine whose bracket closes at the very end.
  let open = 0
  for (let i = 0; i < tex.length; i++) {
    if (tex[i] === '(') open++
    if (tex[i] === ')' && --open === 0) return i === tex.length - 1
  }
  return false
}

/**
 * The loss of a head: L = −log softmax(z)_y with z_y = ‖W_y‖‖x‖ψ(θ_y) + b_y and z_j = ‖W_j‖‖x‖cos θ_j + b_j,
 * in the parts that act, with what its margin function puts in their place.
 * @param symbols the values of all symbols of ψ, as they act now
 * @param terms what is added to it
 */
export function equationOf(
  head: Omit<Head, 'start' | 'detach'> & Partial<Pick<Head, 'detach'>>,
  symbols: Readonly<Record<string, number>>,
  terms: readonly TermSetting[] = [],
): Equation {
  const { parameters, parts = {}, detached } = MARGINS.get(head.margin.kind)
  const { equation: lossEquation, sharedBias } = HEAD_LOSSES.get(head.loss.kind)
  const names = new Map([['s', 's'], ...parameters.map(({ id, symbol }) => [id, symbol] as const)])
  const { strength = 1 } = symbols
  const grown = strength === 1 ? '' : String.raw`${formatNumber(strength)}\cdot `
  // A scale that sets itself is no number of the settings, but one that is carried along.
  const scale = (numbers: boolean): string => {
    if (!parts.scale) return part('scale', numbers ? formatNumber(head.scale) : 's')
    return numbers && symbols.scale !== undefined ? formatNumber(symbols.scale) : parts.scale
  }
  const number = (id: string): string => {
    if (id === 'strength') return grown
    return id === 'scale' ? scale(true) : part(id, formatNumber(symbols[id] ?? NaN))
  }
  const name = (id: string): string =>
    id === 'strength' ? '' : part(id, names.get(id) ?? String.raw`\lambda`)

  const lossNumber = (id: string): string => {
    const value = head.loss.parameters[id]
    return value === undefined ? number(id) : part(lossHighlight(id), formatNumber(value))
  }
  const shared = sharedBias ? (sharedBias.sign < 0 ? '-b' : '+b') : ''

  const logit = (index: string, factor: string, numbers: boolean): string => {
    const length = head.normalizeWeights ? '' : String.raw`\lVert W_${index}\rVert\,`
    const feature = head.normalizeFeatures ? `${scale(numbers)}\\,` : String.raw`\lVert x\rVert\,`
    return `${length}${feature}${factor}${head.bias ? `+b_${index}` : ''}${shared}`
  }
  /** A cosine's replacement as a factor; a bare θ in it is that of `index`. */
  const factor = (tex: string, index: string, numbers: boolean): string => {
    const own = fill(tex, numbers ? number : name).replaceAll(
      /\\theta(?![a-z_])/g,
      String.raw`\theta_${index} `,
    )
    return isFactor(own) ? own : String.raw`\bigl(${own}\bigr)`
  }
  const psi = (numbers: boolean): string => {
    const tex = equationTex(head.margin)
    if (!numbers || strength === 1 || tex.includes(String.raw`\p{strength}`)) {
      return factor(tex, 'y', numbers)
    }
    // Such a margin grows out of the cosine as a whole.
    const rest = formatNumber(1 - strength)
    return String.raw`\bigl(${rest}\cos\theta_y+${grown}${factor(tex, 'y', true)}\bigr)`
  }
  const other = (numbers: boolean): string => factor(parts.other ?? String.raw`\cos\theta`, 'j', numbers)
  const sum = terms
    .map(
      (term) =>
        `+${part(termHighlight(term.kind, 'weight'), formatNumber(term.weight))}\\,${termSymbol(term)}`,
    )
    .join('')
  // How the scale comes about matters only where it acts.
  const meanings = parts.scale && !head.normalizeFeatures ? [] : (parts.lines?.(symbols) ?? [])
  const lines = [
    ...(head.subCenters > 1 ? [String.raw`\theta_j=\min_{k\le ${head.subCenters}}\theta_{j,k}`] : []),
    ...meanings,
    ...(head.detach ? [String.raw`\text{features: moved by the added terms alone}`] : []),
    ...(detached ? [String.raw`\text{gradients: as with }\cos\theta`] : []),
  ]
  return {
    loss: `L=${fill(lossEquation, lossNumber)}${fill(parts.penalty ?? '', number)}${sum}`,
    terms: terms.flatMap(termEquation),
    lines: lines.map((line) => fill(line, number)),
    target: { symbols: logit('y', psi(false), false), numbers: logit('y', psi(true), true) },
    other: { symbols: logit('j', other(false), false), numbers: logit('j', other(true), true) },
  }
}
