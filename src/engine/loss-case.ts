import { tensor1d, tidy, zeros, type Rank } from '@tensorflow/tfjs-core'
import { z } from 'zod'
import { headSchema, marginSymbols, type ActiveHead } from '../losses/head'
import { PRESETS } from '../losses/presets'
import { TERMS } from '../losses/terms'
import * as ops from './kernels/ops'
import { PLAN_WIDTH } from './kernels/names'
import { evaluateTerm } from './term-case'

const matrix = z
  .array(z.array(z.number()).min(1))
  .min(1)
  .refine((rows) => rows.every((row) => row.length === rows[0]!.length), 'all rows must have the same length')

/** A loss to evaluate: inputs in the format of tests/golden/losses.json. */
export const lossCaseSchema = z.object({
  id: z.string(),
  loss: z.string(),
  params: z.record(z.string(), z.unknown()).default({}),
  x: matrix,
  W: matrix.nullish(),
  b: z.array(z.number()).nullish(),
  y: z.array(z.number().int().min(0)),
  /** Centres of center loss, one row a class. */
  centers: matrix.optional(),
})
export type LossCase = z.output<typeof lossCaseSchema>

/** The value of a loss and its gradients with respect to the raw inputs. */
export interface LossResult {
  readonly loss: number
  readonly dx: number[][]
  readonly dW?: number[][]
  readonly db?: number[]
  /** What the loss carries from step to step, after this batch. */
  readonly state?: Readonly<Record<string, number | number[] | number[][]>>
  /** Range loss: its terms, before their weights. */
  readonly parts?: Readonly<Record<string, number>>
}

/** A case that can't be evaluated; the message says why. */
export class LossCaseError extends Error {
  override readonly name = 'LossCaseError'
}

/**
 * Evaluates a classifier loss or an auxiliary term with the kernels that train, on the current backend.
 * @throws {LossCaseError} when the loss or one of its parameters is unknown, or the shapes do not fit.
 */
export async function evaluateLoss(lossCase: LossCase): Promise<LossResult> {
  if (TERMS.has(lossCase.loss)) return evaluateTerm(lossCase)
  const { x, W, b, y } = lossCase
  if (!W) throw new LossCaseError(`the loss "${lossCase.loss}" needs class weights W`)
  const head = activeHeadOf(lossCase)
  const [batch, dimension, classes] = [x.length, x[0]!.length, W.length]
  if (W[0]!.length !== dimension) throw new LossCaseError('x and W must have the same number of columns')
  if (y.length !== batch) throw new LossCaseError('y must have one label for each row of x')
  if (y.some((label) => label >= classes)) throw new LossCaseError('y has a label that W has no row for')
  if (head.bias && b?.length !== classes) throw new LossCaseError('b must have one entry for each row of W')

  // Parameters as the trainer lays them out: class weights, then bias.
  const weightsSize = classes * dimension
  const parameters = [...W.flat(), ...(b ?? new Array<number>(classes).fill(0))]
  const plan = y.flatMap((label) => [...new Array<number>(PLAN_WIDTH - 1).fill(0), label])
  const attributes = { head, first: 0, batch, classes, dimension, weights: 0, bias: weightsSize, slot: 0 }
  const result = tidy(() => {
    const inputs = { features: tensor1d(x.flat()), parameters: tensor1d(parameters) }
    const gradients = zeros<Rank.R1>([parameters.length])
    const statistics = zeros<Rank.R1>([2])
    const terms = ops.headForward({ ...inputs, plan: tensor1d(plan, 'int32') }, attributes)
    const dx = ops.headBackward({ ...inputs, terms, gradients, statistics }, attributes)
    return ops.join([statistics, dx, gradients])
  })
  const values = Array.from(await result.data())
  result.dispose()
  const [afterX, afterW] = [2 + batch * dimension, 2 + batch * dimension + weightsSize]
  return {
    loss: values[0]!,
    dx: rows(values.slice(2, afterX), dimension),
    dW: rows(values.slice(afterX, afterW), dimension),
    ...(head.bias ? { db: values.slice(afterW) } : {}),
  }
}

/** Names of parameters in case files, where they are not those of ours. */
const ALIASES: Readonly<Record<string, string>> = { margin: 'm' }

function activeHeadOf({ loss, params }: LossCase): ActiveHead {
  const preset = PRESETS.get(loss)
  if (!preset)
    throw new LossCaseError(
      `unknown loss "${loss}"; known are ${[...PRESETS.keys(), ...TERMS.keys()].join(', ')}`,
    )
  const head = headSchema.parse(preset.settings(3).head)
  const { bias = head.bias, scale = head.scale, ...rest } = params
  if (typeof bias !== 'boolean') throw new LossCaseError('params.bias must be true or false')
  if (typeof scale !== 'number') throw new LossCaseError('params.scale must be a number')
  const symbols = marginSymbols(head.margin, 1, 0, scale)
  if ('lambda' in symbols) symbols.lambda = 0
  for (const [key, value] of Object.entries(rest)) {
    const name = ALIASES[key] ?? key
    if (!(name in symbols)) throw new LossCaseError(`the loss "${loss}" has no parameter "${key}"`)
    if (typeof value !== 'number') throw new LossCaseError(`params.${key} must be a number`)
    symbols[name] = value
  }
  const { normalizeWeights, normalizeFeatures, margin } = head
  return { bias, normalizeWeights, normalizeFeatures, scale, margin, symbols }
}

export function rows(values: number[], width: number): number[][] {
  return Array.from({ length: values.length / width }, (_, i) => values.slice(i * width, (i + 1) * width))
}
