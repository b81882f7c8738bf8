import type { Head } from '../losses/head'
import { equationTex, marginFunction } from '../losses/margins'
import type { TermSetting } from '../losses/term'
import { termOf } from '../losses/terms'

/** The lines of an equation in TeX, once with symbols and once with the numbers of now. */
export interface Equation {
  readonly loss: string
  /** z_y, the target logit. */
  readonly target: { readonly symbols: string; readonly numbers: string }
  /** z_j, every other logit. */
  readonly other: { readonly symbols: string; readonly numbers: string }
  /** What θ_j is, where a class has several vectors. */
  readonly angle: string | null
  /** L_k of each added term, with its numbers. */
  readonly terms: readonly string[]
}

/** Class of the element that stands for a parameter in a typeset equation. */
export function symbolClass(id: string): string {
  return `symbol-${id}`
}

/** How a number stands in an equation. */
export function formatNumber(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(Math.abs(value) < 0.1 ? 3 : 2)
}

const part = (id: string, tex: string): string => String.raw`\htmlClass{parameter ${symbolClass(id)}}{${tex}}`

/** The name under which a parameter of a term lights up, as terms may share names with the head. */
export function termParameter(kind: string, id: string): string {
  return `${kind}-${id}`
}

/** L with the term's name. */
function termSymbol({ kind }: TermSetting): string {
  return String.raw`L_{\text{${kind}}}`
}

/** A term's value in TeX with its numbers; on unit features of x/‖x‖, which the switch of the term says. */
export function termEquation({ kind, parameters }: TermSetting): string {
  return termOf(kind).equation.replaceAll(/\\p\{(\w+)\}/g, (_, id: string) =>
    part(termParameter(kind, id), formatNumber(parameters[id] ?? NaN)),
  )
}

/**
 * The loss of a head: L = −log softmax(z)_y with z_y = ‖W_y‖‖x‖ψ(θ_y) + b_y and z_j = ‖W_j‖‖x‖cos θ_j + b_j,
 * in the parts that act.
 * @param symbols the values of all symbols of ψ, as they act now
 * @param terms what is added to it
 */
export function equationOf(
  head: Pick<Head, 'bias' | 'normalizeWeights' | 'normalizeFeatures' | 'scale' | 'subCenters' | 'margin'>,
  symbols: Readonly<Record<string, number>>,
  terms: readonly TermSetting[] = [],
): Equation {
  const margin = marginFunction(head.margin.kind)
  const names: Record<string, string> = {
    s: 's',
    ...Object.fromEntries(margin.parameters.map(({ id, symbol }) => [id, symbol])),
  }
  const logit = (index: string, psi: string, numbers: boolean): string => {
    const length = head.normalizeWeights ? '' : String.raw`\lVert W_${index}\rVert\,`
    const scale = part('scale', numbers ? formatNumber(head.scale) : 's')
    const feature = head.normalizeFeatures ? `${scale}\\,` : String.raw`\lVert x\rVert\,`
    return `${length}${feature}${psi}${head.bias ? `+b_${index}` : ''}`
  }
  const psi = (numbers: boolean): string => {
    const tex = equationTex(head.margin)
      .replaceAll(/\\p\{(\w+)\}/g, (_, id: string) =>
        part(id, numbers ? formatNumber(symbols[id] ?? NaN) : (names[id] ?? String.raw`\lambda`)),
      )
      .replaceAll(/\\theta(?![a-z])/g, String.raw`\theta_y `)
    // A sum after a factor needs brackets.
    return /^\\frac|^\\cos(\\theta_y |\([^)]*\))$/.test(tex) ? tex : String.raw`\bigl(${tex}\bigr)`
  }
  const sum = terms
    .map(
      (term) =>
        `+${part(termParameter(term.kind, 'weight'), formatNumber(term.weight))}\\,${termSymbol(term)}`,
    )
    .join('')
  const cosine = String.raw`\cos\theta_j`
  return {
    loss: String.raw`L=-\log\dfrac{e^{z_y}}{\sum_j e^{z_j}}` + sum,
    angle: head.subCenters > 1 ? String.raw`\theta_j=\min_{k\le ${head.subCenters}}\theta_{j,k}` : null,
    terms: terms.map((term) => `${termSymbol(term)}=${termEquation(term)}`),
    target: { symbols: logit('y', psi(false), false), numbers: logit('y', psi(true), true) },
    other: { symbols: logit('j', cosine, false), numbers: logit('j', cosine, true) },
  }
}
