import { z } from 'zod'
import { reasonOf } from '../io/reason'
import { byKind } from './by-kind'
import { currentHead } from './former-head'
import type { HeadLoss, LossSetting } from './head-loss'
import { DEFAULT_LOSS, HEAD_LOSSES } from './head-loss-registry'
import { headStates } from './head-states'
import { MARGINS } from './margin-registry'
import { NO_MARGIN } from './margin-setting'
import type { MarginFunction, MarginSetting } from './margin-function'
import { parametersSchema } from './parameters-schema'

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

/** What of a loss or margin function a configuration may give: what is left out is as it is by default. */
export interface SettingInput {
  readonly kind: string
  readonly text?: string | undefined
  readonly parameters?: Readonly<Record<string, number | undefined>> | undefined
}

const marginSchema = byKind<MarginFunction, MarginSetting, SettingInput>(MARGINS, (margin) =>
  z.strictObject({
    kind: z.literal(margin.id),
    text: text(margin),
    parameters: parametersSchema(margin.parameters).prefault({}),
  }),
)

const lossSchema = byKind<HeadLoss, LossSetting, Omit<SettingInput, 'text'>>(HEAD_LOSSES, (loss) =>
  z.strictObject({ kind: z.literal(loss.id), parameters: parametersSchema(loss.parameters).prefault({}) }),
)

export const MOST_SUB_CENTERS = 8

/**
 * The classifier head, a point in the space of losses: the logit of class j is
 * ‖W_j‖‖x‖cos θ_j + b_j, with 1 in place of ‖W_j‖ where the weights are normalized, the scale s in place of
 * ‖x‖ where the features are, no b_j without bias, and ψ(θ_y) in place of cos θ_y for the target y. With K > 1
 * W_j is the one of K vectors of class j that is at the smallest angle (Deng et al. 2020, eq. 2).
 */
const headShape = z.strictObject({
  bias: z.boolean().default(true),
  /** Features do not follow the classifier, which only learns to read what the added terms make of them. */
  detach: z.boolean().default(false),
  normalizeWeights: z.boolean().default(false),
  normalizeFeatures: z.boolean().default(false),
  /** s, which takes the place of ‖x‖ while features are normalized. */
  scale: z.number().min(1).max(128).default(16),
  margin: marginSchema.prefault({ kind: NO_MARGIN }),
  /** What it makes of its logits. */
  loss: lossSchema.prefault({ kind: DEFAULT_LOSS }),
  /** K, vectors of each class, of which the one at the smallest angle counts (sub-center ArcFace). */
  subCenters: z.number().int().min(1).max(MOST_SUB_CENTERS).default(1),
  /** Class vectors start at random, or spread evenly over the circle or sphere. */
  start: z.enum(['random', 'even']).default('random'),
})

/** What margin and loss carry together has to fit. */
function carriesFew(head: Head, context: z.RefinementCtx): void {
  try {
    headStates(head)
  } catch (error) {
    context.addIssue({ code: 'custom', path: ['loss'], message: reasonOf(error) })
  }
}

/** Takes heads of former versions too; see `currentHead`. Without a loss it is the one that the margin was made for. */
export const headSchema = z.preprocess(currentHead, headShape.superRefine(carriesFew))

export type Head = z.output<typeof headShape>
/** A head as it may be given: what is left out is as it is by default. */
export type HeadInput = z.input<typeof headShape>

/** The head as it acts at one step, after schedules: the numbers that the logits are computed from. */
export interface ActiveHead {
  readonly bias: boolean
  readonly normalizeWeights: boolean
  readonly normalizeFeatures: boolean
  readonly scale: number
  /** K: class j has rows Kj to Kj + K − 1 of W. */
  readonly subCenters: number
  readonly margin: MarginSetting
  readonly loss: LossSetting
  /** The values of all symbols of ψ but θ: the margin's parameters and what follows from them. */
  readonly symbols: Readonly<Record<string, number>>
}
