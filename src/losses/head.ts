import { z } from 'zod'
import { MARGINS } from './margin-registry'
import type { MarginFunction, MarginSetting } from './margin-function'
import type { ParameterSpec } from './parameter'

const parameter = (spec: ParameterSpec) => z.number().min(spec.min).max(spec.max).default(spec.default)

/** The ψ that a user writes, for a margin that takes one. */
const text = (margin: MarginFunction) =>
  z
    .string()
    .superRefine((value, context) => {
      try {
        if (!margin.text) throw new Error(`the margin "${margin.id}" takes no text`)
        margin.text.psi(value)
      } catch (error) {
        context.addIssue({ code: 'custom', message: (error as Error).message })
      }
    })
    .optional()

const marginSchemas = MARGINS.all.map((margin) =>
  z.strictObject({
    kind: z.literal(margin.id),
    text: text(margin),
    parameters: z
      .strictObject(Object.fromEntries(margin.parameters.map((spec) => [spec.id, parameter(spec)])))
      .prefault({}),
  }),
)
type MarginSchema = (typeof marginSchemas)[number]
// A union needs at least one member, which the type of an array cannot say.
const marginSchema = z.discriminatedUnion('kind', marginSchemas as [MarginSchema, ...MarginSchema[]])

export const MOST_SUB_CENTERS = 8

/**
 * The classifier head, a point in the space of losses: the logit of class j is
 * ‖W_j‖‖x‖cos θ_j + b_j, with 1 in place of ‖W_j‖ where the weights are normalized, the scale s in place of
 * ‖x‖ where the features are, no b_j without bias, and ψ(θ_y) in place of cos θ_y for the target y. With K > 1
 * W_j is the one of K vectors of class j that is at the smallest angle (Deng et al. 2020, eq. 2).
 */
export const headSchema = z.strictObject({
  bias: z.boolean().default(true),
  /** Whether features follow the classifier; else it only learns to read what the added terms make of them. */
  pulls: z.boolean().default(true),
  normalizeWeights: z.boolean().default(false),
  normalizeFeatures: z.boolean().default(false),
  /** s, which takes the place of ‖x‖ while features are normalized. */
  scale: z.number().min(1).max(128).default(16),
  margin: marginSchema.prefault({ kind: 'none' }),
  /** K, vectors of each class, of which the one at the smallest angle counts (sub-center ArcFace). */
  subCenters: z.number().int().min(1).max(MOST_SUB_CENTERS).default(1),
  /** Class vectors start at random, or spread evenly over the circle or sphere. */
  start: z.enum(['random', 'even']).default('random'),
})

export type Head = z.output<typeof headSchema>

/** The head as it acts at one step, after schedules: the numbers that the logits are computed from. */
export interface ActiveHead {
  readonly bias: boolean
  readonly normalizeWeights: boolean
  readonly normalizeFeatures: boolean
  readonly scale: number
  /** K: class j has rows Kj to Kj + K − 1 of W. */
  readonly subCenters: number
  readonly margin: MarginSetting
  /** The values of all symbols of ψ but θ: the margin's parameters and what follows from them. */
  readonly symbols: Readonly<Record<string, number>>
}

/**
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
