import { MOST_SUB_CENTERS, type Head } from '../losses/head'
import type { MarginFunction } from '../losses/margin-function'
import { HEAD_LOSSES } from '../losses/head-loss-registry'
import { headStates } from '../losses/head-states'
import { MARGINS } from '../losses/margin-registry'
import type { ParameterSpec } from '../losses/parameter'
import type { TermSetting } from '../losses/forms/base'
import { miningsOf, type Term } from '../losses/forms/term'
import type { LossParameter } from './loss-types'

/** The name of a parameter of a term that is added to a named loss. */
export const termParameter = ({ kind }: TermSetting, id: string): string => `${kind}.${id}`

export function headParameters({ bias, normalizeFeatures, scale, margin, loss }: Head): LossParameter[] {
  const { parameters, stepless, detached, scale: ownScale } = MARGINS.get(margin.kind)
  const { parameters: ofLoss, sharedBias } = HEAD_LOSSES.get(loss.kind)
  const state = headStates({ margin, loss }).all
  const whole = { type: 'number', whole: true, min: 1, max: MOST_SUB_CENTERS } as const
  return [
    ...(normalizeFeatures && !ownScale ? [{ ...SCALE, default: scale }] : []),
    ...steplessParameters(parameters, stepless).map((spec) => numeric(spec, margin.parameters[spec.id])),
    ...ofLoss.map((spec) => numeric(spec, loss.parameters[spec.id])),
    ...state.map(
      ({ id, label, symbol }) => ({ id, name: label, symbol, type: 'number', default: null }) as const,
    ),
    sharedBias
      ? { id: 'bias', name: 'shared bias', symbol: 'b', type: 'number', default: null }
      : { id: 'bias', name: 'bias', symbol: 'b', type: 'boolean', default: bias },
    { id: 'subCenters', name: 'vectors of a class', symbol: 'K', default: 1, ...whole },
    ...(detached ? [DETACHED] : []),
  ]
}

const SCALE = { id: 'scale', name: 'scale', symbol: 's', type: 'number', min: 1, max: 128 } as const
/** It can't be otherwise. */
const DETACHED: LossParameter = {
  id: 'detachMargin',
  name: 'margin without gradient',
  type: 'boolean',
  default: true,
  options: [true],
}

/** A loss on its own has no training step: what follows from it is a parameter itself. */
export function steplessParameters(
  parameters: MarginFunction['parameters'],
  stepless: MarginFunction['stepless'],
): readonly ParameterSpec[] {
  if (!stepless) return parameters
  return [...parameters.filter(({ id }) => !stepless.replaces.includes(id)), stepless.parameter]
}

export function termParameters(term: Term, { normalized, mining, parameters }: TermSetting): LossParameter[] {
  const minings = miningsOf(term).map(({ id }) => id)
  const free = term.form !== 'weights' && !term.cosine
  return [
    ...term.parameters.map((spec) => numeric(spec, parameters[spec.id])),
    ...(free ? [{ ...NORMALIZED, default: normalized }] : []),
    ...(mining === undefined
      ? []
      : [{ id: 'mining', name: 'mining', type: 'choice', default: mining, options: minings } as const]),
    ...(term.form === 'weights' && term.fewClasses
      ? [{ ...term.fewClasses, type: 'classes', default: null } as const]
      : []),
  ]
}

const NORMALIZED = { id: 'normalized', name: 'unit features', type: 'boolean' } as const

export const weightParameter = ({ weight }: TermSetting): LossParameter => ({
  id: 'weight',
  name: 'weight of the term',
  symbol: String.raw`\lambda`,
  type: 'number',
  default: weight,
  min: 0,
  max: 100,
})

function numeric(spec: ParameterSpec, value = spec.default): LossParameter {
  const { id, alias, label, symbol, min, max, step, unit } = spec
  const names = alias === undefined ? { id } : { id: alias, alias: id }
  if (min === 0 && max === 1 && step === 1) {
    return { ...names, name: label, symbol, type: 'boolean', default: value === 1 }
  }
  return {
    ...names,
    name: label,
    symbol,
    type: 'number',
    min,
    max,
    ...(unit === 'rad' && { unit }),
    default: value,
  }
}
