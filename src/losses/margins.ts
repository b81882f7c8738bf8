import { byFileName } from '../geometry/registry'
import type { Expression } from '../geometry/expression'
import type { MarginSetting } from './head'
import type { MarginFunction } from './types'

/** Every margin function of `margins/`, by id. Adding one is adding a file there. */
export const MARGINS: ReadonlyMap<string, MarginFunction> = byFileName(
  import.meta.glob<MarginFunction>('./margins/*.ts', { eager: true, import: 'margin' }),
)

/** @throws {RangeError} when there is no margin function of that name. */
export function marginFunction(id: string): MarginFunction {
  const margin = MARGINS.get(id)
  if (!margin) throw new RangeError(`there is no margin function "${id}"`)
  return margin
}

/** ψ of a setting, over theta, cosTheta and the margin's symbols. */
export function psiOf({ kind, text }: MarginSetting): Expression {
  const margin = marginFunction(kind)
  return margin.text ? margin.text.psi(text ?? margin.text.default) : margin.psi
}

/** Settings with the same key have the same ψ, as an expression. */
export function psiKey({ kind, text }: MarginSetting): string {
  return text === undefined ? kind : `${kind} ${text}`
}

/** The equation of a setting in TeX; a parameter stands as \p{id}. */
export function equationTex({ kind, text }: MarginSetting): string {
  const margin = marginFunction(kind)
  return margin.text ? margin.text.equation(text ?? margin.text.default) : margin.equation
}

/** A margin of this kind with its defaults. */
export function defaultMargin(kind: string): MarginSetting {
  return {
    kind,
    parameters: Object.fromEntries(marginFunction(kind).parameters.map((spec) => [spec.id, spec.default])),
  }
}
