import { tensor1d, tidy, zeros, type Rank } from '@tensorflow/tfjs-core'
import { headSchema, marginSymbols, MOST_SUB_CENTERS, type ActiveHead } from '../losses/head'
import { MARGINS } from '../losses/margin-registry'
import { PRESETS } from '../losses/preset-registry'
import { rarities } from '../losses/promotion'
import { TERMS } from '../losses/term-registry'
import { symbols } from '../geometry/expression'
import { MOST_STATES } from '../losses/margin-function'
import type { ParameterSpec } from '../losses/parameter'
import { startingStates } from './initialize'
import type { Layout } from './layout'
import * as ops from './kernels/ops'
import { PLAN_WIDTH } from './kernels/names'
import { LossCaseError, rows, type LossCase, type LossResult } from './loss-case-format'
import { evaluateTerm, weightTermOf } from './term-case'

/**
 * Evaluates a classifier loss or an auxiliary term with the kernels that train, on the current backend.
 * @throws {LossCaseError} when the loss or one of its parameters is unknown, or the shapes do not fit.
 */
export async function evaluateLoss(lossCase: LossCase): Promise<LossResult> {
  const term = TERMS.find(lossCase.loss)
  if (term && term.form !== 'weights') return evaluateTerm(lossCase)
  const { x, W, b, y } = lossCase
  if (!W) throw new LossCaseError(`the loss "${lossCase.loss}" needs class weights W`)
  const subCenters = subCentersOf(lossCase)
  const batch = x.length
  const dimension = x[0]!.length
  const classes = W.length / subCenters
  if (!Number.isInteger(classes)) {
    throw new LossCaseError(`W must have ${subCenters} rows for each class, class by class`)
  }
  // A term on class weights is added to softmax.
  const weightTerm = term && weightTermOf(lossCase, classes)
  const { head, states } = settingsOf(weightTerm ? weightTerm.softmax : lossCase, {
    classes,
    dimension,
    subCenters,
  })
  const { classPenalty, state: stateSpecs = [], psi, binary } = MARGINS.get(head.margin.kind)
  const used = symbols(psi)
  const learned = classPenalty !== undefined
  if (W[0]!.length !== dimension) throw new LossCaseError('x and W must have the same number of columns')
  if (y.length !== batch) throw new LossCaseError('y must have one label for each row of x')
  if (y.some((label) => label >= classes)) throw new LossCaseError('y has a label that W has no row for')
  if (head.bias && b?.length !== classes) throw new LossCaseError('b must have one entry for each class of W')
  if (used.has('rarity') && lossCase.classCounts?.length !== classes) {
    throw new LossCaseError('classCounts must have one entry for each class of W')
  }
  if (learned && lossCase.margins?.length !== classes) {
    throw new LossCaseError('margins must have one entry for each class of W')
  }

  // Parameters as the trainer lays them out: class weights, bias, and what the margin function needs.
  const zero = new Array<number>(classes).fill(0)
  const parts = {
    weights: W.flat(),
    bias: b ?? zero,
    margins: lossCase.margins ?? zero,
    rarity: weightTerm?.rarity ?? (lossCase.classCounts ? rarities(lossCase.classCounts) : zero),
    states: [...states.slice(0, MOST_STATES)],
    sharedBias: [...states.slice(MOST_STATES)],
  }
  const parameters = Object.values(parts).flat()
  const offsets = { weights: 0, bias: 0, margins: 0, rarity: 0, states: 0, sharedBias: 0 }
  let size = 0
  for (const name of Object.keys(parts) as (keyof typeof parts)[]) {
    offsets[name] = size
    size += parts[name].length
  }
  const plan = y.flatMap((label) => [...new Array<number>(PLAN_WIDTH - 1).fill(0), label])
  const attributes = { head, first: 0, batch, classes, dimension, ...offsets, noise: 0, slot: 0 }
  const result = tidy(() => {
    const inputs = { features: tensor1d(x.flat()), parameters: tensor1d(parameters) }
    const batchPlan = tensor1d(plan, 'int32')
    const gradients = zeros<Rank.R1>([parameters.length])
    const statistics = zeros<Rank.R1>([2])
    if (stateSpecs.length > 0) ops.headState({ ...inputs, plan: batchPlan }, attributes)
    const terms = ops.headForward({ ...inputs, plan: batchPlan }, attributes)
    const dx = ops.headBackward({ ...inputs, terms, gradients, statistics }, { ...attributes, pulls: true })
    if (weightTerm) {
      const { parameters } = inputs
      const at = { classes, dimension, subCenters, weights: offsets.weights, rarity: offsets.rarity, slot: 0 }
      ops.weightTerm({ parameters, gradients, statistics }, { term: weightTerm.setting, ...at })
    }
    return ops.join([statistics, dx, gradients, inputs.parameters])
  })
  const values = Array.from(await result.data())
  result.dispose()
  const gradientsAt = 2 + batch * dimension
  const gradient = (name: keyof typeof parts): number[] =>
    values.slice(gradientsAt + offsets[name], gradientsAt + offsets[name] + parts[name].length)
  const statesAt = gradientsAt + size + offsets.states
  return {
    loss: values[0]!,
    dx: rows(values.slice(2, gradientsAt), dimension),
    dW: rows(gradient('weights'), dimension),
    ...(head.bias ? { db: gradient('bias') } : {}),
    ...(learned ? { dmargins: gradient('margins') } : {}),
    ...(binary ? { dbias: gradient('sharedBias') } : {}),
    ...(stateSpecs.length > 0
      ? { state: Object.fromEntries(stateSpecs.map(({ id }, i) => [id, values[statesAt + i]!])) }
      : {}),
  }
}

/** Names of parameters in case files, where they are not those of ours. */
const ALIASES: Readonly<Record<string, string>> = { margin: 'm' }

/** Losses of case files that are several of ours. */
const VARIANTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  elasticface: { arc: 'elasticface', cos: 'elasticface-cosine' },
}

/** K of a case: how many rows of W a class has. */
function subCentersOf({ params: { subCenters = 1 } }: LossCase): number {
  const valid = Number.isInteger(subCenters) && (subCenters as number) >= 1
  if (valid && (subCenters as number) <= MOST_SUB_CENTERS) return subCenters as number
  throw new LossCaseError(`params.subCenters must be a whole number from 1 to ${MOST_SUB_CENTERS}`)
}

/** The head of a case, and its states and shared bias as they are before the batch. */
function settingsOf(
  { loss, params: { variant, detachMargin, subCenters: _, ...params } }: LossCase,
  { subCenters, ...sizes }: Pick<Layout, 'classes' | 'dimension' | 'subCenters'>,
): { head: ActiveHead; states: Float32Array } {
  const variants = VARIANTS[loss]
  if (variant !== undefined && !(typeof variant === 'string' && variants?.[variant])) {
    const known = variants ? Object.keys(variants).join(' or ') : 'left out'
    throw new LossCaseError(`params.variant of the loss "${loss}" must be ${known}`)
  }
  const preset = PRESETS.find(typeof variant === 'string' ? variants![variant]! : loss)
  if (!preset) {
    const known = [...PRESETS.ids, ...TERMS.ids].join(', ')
    throw new LossCaseError(`unknown loss "${loss}"; known are ${known}`)
  }
  const head = headSchema.parse(preset.settings(3).head)
  const { state = [], binary, detached = false } = MARGINS.get(head.margin.kind)
  if (detachMargin !== undefined && detachMargin !== detached) {
    throw new LossCaseError(`params.detachMargin of the loss "${loss}" must be ${detached}`)
  }
  const { bias = binary ? undefined : head.bias, scale = head.scale, ...rest } = params
  if (typeof scale !== 'number') throw new LossCaseError('params.scale must be a number')
  if (binary ? bias !== undefined && typeof bias !== 'number' : typeof bias !== 'boolean') {
    throw new LossCaseError(`params.bias must be ${binary ? 'a number' : 'true or false'}`)
  }
  const values = marginSymbols(head.margin, 1, 0)
  if ('lambdaMin' in values) values.lambda = 0
  const named = new Map<string, number>()
  const flags = new Set(
    MARGINS.get(head.margin.kind)
      .parameters.filter(isFlag)
      .map(({ id }) => id),
  )
  for (const [key, value] of Object.entries(rest)) {
    const alias = ALIASES[key] ?? key
    const name = alias in values ? alias : key
    const ofState = state.some(({ id }) => id === name)
    if (!(name in values) && !ofState) {
      throw new LossCaseError(`the loss "${loss}" has no parameter "${key}"`)
    }
    const flag = flags.has(name) && typeof value === 'boolean'
    if (typeof value !== 'number' && !flag) {
      throw new LossCaseError(`params.${key} must be ${flags.has(name) ? 'true or false' : 'a number'}`)
    }
    if (ofState) named.set(name, Number(value))
    else values[name] = Number(value)
  }
  if ('scale' in params) named.set('scale', scale)
  const { normalizeWeights, normalizeFeatures, margin } = head
  const states = startingStates({ margin: { ...margin, parameters: values }, scale }, sizes)
  state.forEach(({ id }, i) => (states[i] = named.get(id) ?? states[i]!))
  if (typeof bias === 'number') states[MOST_STATES] = bias
  const useBias = bias === true
  return {
    head: { bias: useBias, normalizeWeights, normalizeFeatures, scale, subCenters, margin, symbols: values },
    states,
  }
}

const isFlag = ({ min, max, step }: ParameterSpec): boolean => min === 0 && max === 1 && step === 1
