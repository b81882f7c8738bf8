import { memo } from '../geometry/memo'
import { headSchema, type Head } from '../losses/head'
import { PRESETS } from '../losses/preset-registry'
import type { Preset } from '../losses/preset-spec'
import type { TermSetting } from '../losses/forms/base'
import type { Term } from '../losses/forms/term'
import { TERMS } from '../losses/term-registry'
import { termsSchema } from '../losses/term-schema'
import { headParameters, termParameter, termParameters, weightParameter } from './loss-parameters'
import type { LossInfo, LossParameter } from './loss-types'

/** Settings of named losses are those for this many features. */
const DIMENSION = 3

/** What a loss that can be evaluated is made of. */
export interface Loss {
  readonly info: LossInfo
  /** null where it is a function of features alone. */
  readonly head: Head | null
  /** Terms that are added to the head's loss, or one that is the loss, with their own settings. */
  readonly terms: readonly TermSetting[]
  /** Several under one name, told apart by `params.variant`; the first one is meant without. */
  readonly variants: ReadonlyMap<string, Loss> | null
}

/** A named loss or a term, by the name that cases give it. */
export function lossNamed(id: string): Loss | undefined {
  const preset = PRESETS.find(id)
  const term = TERMS.find(id)
  return preset ? namedLoss(preset) : term && termLoss(term)
}

/** The names of all that there are. */
export const lossNames = (): readonly string[] => [...PRESETS.ids, ...TERMS.ids]

const namedLoss = memo((preset: Preset): Loss => {
  const variants = PRESETS.all.filter(({ variant }) => variant?.of === preset.id)
  if (variants.length === 0) return presetLoss(preset)
  const own = preset.variant!.name
  const names = variants.map(({ variant }) => variant!.name)
  const parameter = { id: 'variant', name: 'variant', type: 'choice', default: own, options: names } as const
  const byName = new Map(variants.map((v) => [v.variant!.name, withParameter(presetLoss(v), parameter)]))
  return { ...byName.get(own)!, variants: byName }
})

function withParameter(loss: Loss, parameter: LossParameter): Loss {
  return { ...loss, info: { ...loss.info, parameters: [...loss.info.parameters, parameter] } }
}

function presetLoss({ id, name, source, settings }: Preset): Loss {
  const { head: input, terms: added } = settings(DIMENSION)
  const head = headSchema.parse(input)
  const terms = termsSchema.parse(added)
  const ofTerms = terms.flatMap((setting) =>
    [weightParameter(setting), ...termParameters(TERMS.get(setting.kind), setting)].map((parameter) => ({
      ...parameter,
      id: termParameter(setting, parameter.id),
    })),
  )
  const info = { id, name, source, parameters: [...headParameters(head), ...ofTerms] }
  return { info, head, terms, variants: null }
}

/** A term on class weights is added to softmax: it never sees a feature. */
const termLoss = memo((term: Term): Loss => {
  const { id, name, source } = term
  const [setting] = termsSchema.parse([{ kind: id, weight: 1 }])
  const head = term.form === 'weights' ? headSchema.parse({ bias: true }) : null
  const parameters = [...(head ? headParameters(head) : []), ...termParameters(term, setting!)]
  return { info: { id, name, source, parameters }, head, terms: [setting!], variants: null }
})
