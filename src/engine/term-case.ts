import { tensor1d, tidy, zeros, type Rank } from '@tensorflow/tfjs-core'
import { z } from 'zod'
import { rarities } from '../losses/promotion'
import type { TermSetting } from '../losses/term'
import { defaultTerm } from '../losses/term-schema'
import { TERMS } from '../losses/term-registry'
import * as ops from './kernels/ops'
import { PLAN_WIDTH } from './kernels/names'
import { LossCaseError, rows, type LossCase, type LossResult } from './loss-case-format'

/**
 * Evaluates an auxiliary term with the kernels that train, on the current backend.
 * @throws {LossCaseError} when a parameter is unknown, or the shapes do not fit.
 */
export async function evaluateTerm(lossCase: LossCase): Promise<LossResult> {
  const setting = settingOf(lossCase)
  const { loss, dx, centers } = await run(lossCase, setting)
  const part = async (alpha: number, beta: number): Promise<number> => {
    const parameters = { ...setting.parameters, alpha, beta }
    return (await run(lossCase, { ...setting, parameters })).loss
  }
  return {
    loss,
    dx,
    ...(centers.length > 0 ? { state: { centers } } : {}),
    ...(setting.kind === 'range' ? { parts: { intra: await part(1, 0), inter: await part(0, 1) } } : {}),
  }
}

async function run(
  { x, y, centers = [] }: LossCase,
  term: TermSetting,
): Promise<{ loss: number; dx: number[][]; centers: number[][] }> {
  const batch = x.length
  const dimension = x[0]!.length
  if (y.length !== batch) throw new LossCaseError('y must have one label for each row of x')
  const moving = TERMS.get(term.kind).form === 'centers'
  if (moving && centers.length <= Math.max(...y)) {
    throw new LossCaseError('centers must have a row for each label of y')
  }
  if (moving && centers[0]!.length !== dimension) {
    throw new LossCaseError('x and centers must have the same number of columns')
  }
  const classes = moving ? centers.length : Math.max(...y) + 1
  const plan = y.flatMap((label) => [...new Array<number>(PLAN_WIDTH - 1).fill(0), label])
  const joined = tidy(() => {
    const parameters = tensor1d(moving ? centers.flat() : [0])
    const statistics = zeros<Rank.R1>([2])
    const featureGradient = zeros<Rank.R1>([batch * dimension])
    ops.auxiliary(
      {
        parameters,
        statistics,
        featureGradient,
        features: tensor1d(x.flat()),
        plan: tensor1d(plan, 'int32'),
      },
      { term, first: 0, batch, classes, dimension, centers: 0, slot: 0 },
    )
    return ops.join([statistics, featureGradient, parameters])
  })
  const values = Array.from(await joined.data())
  joined.dispose()
  const afterX = 2 + batch * dimension
  return {
    loss: values[0]!,
    dx: rows(values.slice(2, afterX), dimension),
    centers: moving ? rows(values.slice(afterX), dimension) : [],
  }
}

/**
 * A case of a term on class weights, which is added to softmax: the term, the case of softmax that is left, and
 * n_min / n_j, such that the classes of `lowShotClasses` are those with few images where the case names them.
 * @throws {LossCaseError} when a parameter is unknown, or the shapes do not fit.
 */
export function weightTermOf(
  lossCase: LossCase,
  classes: number,
): { setting: TermSetting; softmax: LossCase; rarity: number[] } {
  const { params, classCounts } = lossCase
  const { lowShotClasses, bias = true, ...rest } = params
  const setting = settingOf({ ...lossCase, params: rest })
  const softmax = { ...lossCase, loss: 'softmax', params: { bias } }
  if (lowShotClasses === undefined) {
    if (classCounts?.length !== classes) {
      throw new LossCaseError(
        'params.lowShotClasses or classCounts, one for each class, must say what is rare',
      )
    }
    return { setting, softmax, rarity: rarities(classCounts) }
  }
  const named = z.array(z.number().int().min(0).max(classes - 1)).max(classes - 1).safeParse(lowShotClasses) // prettier-ignore
  if (!named.success) throw new LossCaseError('params.lowShotClasses must list some of the classes of W')
  // Next to a class with endlessly many images, any number of images is few.
  const rarity = Array.from({ length: classes }, (_, j) => Number(named.data.includes(j)))
  return { setting, softmax, rarity }
}

function settingOf({ loss, params }: LossCase): TermSetting {
  const term = TERMS.get(loss)
  const { normalized, mining, ...rest } = params
  const setting = defaultTerm(loss)
  if (normalized !== undefined && typeof normalized !== 'boolean') {
    throw new LossCaseError('params.normalized must be true or false')
  }
  const minings = term.form === 'pairs' ? (term.minings ?? []).map(({ id }) => id) : []
  if (mining !== undefined && !minings.includes(mining as string)) {
    throw new LossCaseError(
      minings.length === 0
        ? `the loss "${loss}" has no parameter "mining"`
        : `params.mining must be one of ${minings.join(', ')}`,
    )
  }
  const parameters: Record<string, number> = { ...setting.parameters }
  for (const [key, value] of Object.entries(rest)) {
    if (!(key in parameters)) throw new LossCaseError(`the loss "${loss}" has no parameter "${key}"`)
    if (typeof value !== 'number') throw new LossCaseError(`params.${key} must be a number`)
    parameters[key] = value
  }
  return {
    kind: loss,
    weight: 1,
    normalized: term.cosine ?? normalized ?? false,
    ...(minings.length > 0 ? { mining: (mining as string | undefined) ?? minings[0]! } : {}),
    parameters,
  }
}
