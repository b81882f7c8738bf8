import type { Expression } from '../geometry/expression'
import type { MarginSetting } from './margin-function'
import { MARGINS } from './margin-registry'
import type { ParameterSpec } from './parameter'

/** The margin function of a head without margin. */
export const NO_MARGIN = MARGINS.all.find(({ plain }) => plain)!.id

export function hasMargin({ kind }: Pick<MarginSetting, 'kind'>): boolean {
  return MARGINS.get(kind).plain !== true
}

/** A parameter of a margin function that asks for nothing at its neutral value. */
export type StrengthSpec = ParameterSpec & { readonly neutral: number }

/** The strengths of a margin function, the main one first; some have none to speak of. */
export function strengthsOf({ kind }: Pick<MarginSetting, 'kind'>): readonly StrengthSpec[] {
  return MARGINS.get(kind).parameters.filter((spec): spec is StrengthSpec => spec.neutral !== undefined)
}

/** ψ of a setting, over theta, cosTheta and the margin's symbols. */
export function psiOf({ kind, text }: MarginSetting): Expression {
  const margin = MARGINS.get(kind)
  return margin.text ? margin.text.psi(text ?? margin.text.default) : margin.psi
}

/** All expressions by which a setting acts on the loss: ψ, and whatever else its margin function has. */
export function expressionsOf(setting: MarginSetting): readonly Expression[] {
  const { other, scale, penalty, classPenalty, state = [] } = MARGINS.get(setting.kind)
  const all = [psiOf(setting), other, scale, penalty, classPenalty, ...state.map(({ next }) => next)]
  return all.filter((expression) => expression !== undefined)
}

/** Settings with the same key have the same ψ, as an expression. */
export function psiKey({ kind, text }: MarginSetting): string {
  return text === undefined ? kind : `${kind} ${text}`
}

/** The equation of a setting in TeX; a parameter stands as \p{id}. */
export function equationTex({ kind, text }: MarginSetting): string {
  const margin = MARGINS.get(kind)
  return margin.text ? margin.text.equation(text ?? margin.text.default) : margin.equation
}

/** A margin of this kind with its defaults. */
export function defaultMargin(kind: string): MarginSetting {
  return {
    kind,
    parameters: Object.fromEntries(MARGINS.get(kind).parameters.map((spec) => [spec.id, spec.default])),
  }
}

/**
 * The values of all symbols of ψ but θ: the margin's parameters and what follows from them.
 * @param strength how far a ramped margin has come, from 0 (none) to 1 (as set).
 * @param step the training step, which annealing depends on.
 * @param scale s, as it acts now.
 */
export function marginSymbols(
  setting: MarginSetting,
  strength: number,
  step: number,
  scale = 1,
): Record<string, number> {
  const margin = MARGINS.get(setting.kind)
  const values: Record<string, number> = {}
  for (const { id, default: fallback, neutral } of margin.parameters) {
    const value = setting.parameters[id] ?? fallback
    values[id] = neutral === undefined ? value : neutral + strength * (value - neutral)
  }
  return { ...values, ...margin.derive?.(values, step, { setting, scale, strength }) }
}
