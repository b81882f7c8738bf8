import { startingStates } from '../engine/initialize'
import { PLAN_WIDTH, type HeadAttributes } from '../engine/kernels/names'
import type { ActiveHead, Head } from '../losses/head'
import { HEAD_LOSSES } from '../losses/head-loss-registry'
import { headStates } from '../losses/head-states'
import { marginSymbols } from '../losses/margin-setting'
import { MOST_STATES } from '../losses/margin-function'
import { MARGINS } from '../losses/margin-registry'
import { rarities } from '../losses/rarity'
import type { TermSetting } from '../losses/forms/base'
import { startingState } from '../losses/forms/term'
import { TERMS } from '../losses/term-registry'
import { usesRarity } from '../losses/uses-rarity'
import { lossNamed, lossNames, type Loss } from './catalog'
import type { KernelCase, Offsets } from './kernel-case'
import { steplessParameters, termParameter } from './loss-parameters'
import { LossCaseError } from './loss-types'
import { numberOf, readParameters, type Values } from './parameters'
import { checkClasses, readCase, type CheckedCase } from './read-case'

/** A case that can be run, and what its loss is made of. */
export interface PreparedCase {
  readonly loss: Loss
  readonly run: KernelCase
}

/** @throws {LossCaseError} naming the field that is wrong */
export function prepareCase(value: unknown): PreparedCase {
  const lossCase = readCase(value)
  const named = lossNamed(lossCase.loss)
  if (!named) {
    throw new LossCaseError(
      'loss',
      `is unknown: there is no loss "${lossCase.loss}"; there are ${lossNames().join(', ')}`,
    )
  }
  const { id, parameters } = named.info
  const values = readParameters(id, parameters, lossCase.params)
  const loss = named.variants?.get(String(values.get('variant')))
  if (!loss) return { loss: named, run: kernelCase(named, lossCase, values) }
  const own = readParameters(id, loss.info.parameters, lossCase.params)
  return { loss, run: kernelCase(loss, lossCase, own) }
}

function kernelCase(loss: Loss, lossCase: CheckedCase, values: Values): KernelCase {
  const { x, y, W, b, centers, margins, dimension } = lossCase
  checkPairs(loss, lossCase)
  const subCenters = loss.head ? numberOf(values, 'subCenters') : 1
  const classes = classesOf(loss, lossCase, subCenters)
  const terms = loss.terms.map((term) =>
    termSetting(term, loss.head === null || loss.info.id === term.kind, values),
  )
  const active = loss.head && activeHead(loss.head, values, { classes, dimension, subCenters })
  if (active?.head.bias && !b) throw missing(loss, 'b', 'biases')
  const rarity = rarityOf(loss, lossCase, values, classes)
  const zero = new Array<number>(classes).fill(0)
  const states = [...(active?.states ?? [])]
  // Parameters as the trainer lays them out: class weights, bias, and what margin functions and terms need.
  const parts: Record<keyof Offsets, readonly number[]> = {
    weights: W?.flat() ?? [],
    bias: b ?? zero,
    margins: margins ?? zero,
    rarity: rarity ?? zero,
    states: states.slice(0, MOST_STATES),
    sharedBias: states.slice(MOST_STATES),
  }
  const offsets = offsetsOf(parts)
  const batch = x.length
  const sizes = { batch, classes, dimension }
  const vector = Object.values(parts).flat()
  const termStates = terms.map(({ kind }) => {
    const term = TERMS.get(kind)
    const given = term.form === 'centers' ? centers?.flat() : undefined
    const at = vector.length
    for (const value of given ?? startingState(term, sizes)) vector.push(value)
    return at
  })
  const head: HeadAttributes | null = active && {
    head: active.head,
    first: 0,
    noise: 0,
    ...sizes,
    ...offsets,
  }
  return {
    ...sizes,
    subCenters,
    features: Float64Array.from(x.flat()),
    parameters: Float64Array.from(vector),
    offsets,
    plan: Int32Array.from(y.flatMap((label) => [...new Array<number>(PLAN_WIDTH - 1).fill(0), label])),
    head,
    terms,
    termStates,
  }
}

const missing = ({ info }: Loss, field: string, what: string): LossCaseError =>
  new LossCaseError(field, `is missing: the loss "${info.id}" needs ${what}`)

/** n, of the inputs that the loss needs. */
function classesOf(loss: Loss, lossCase: CheckedCase, subCenters: number): number {
  const { W, centers, margins, y } = lossCase
  const moving = loss.terms.some(({ kind }) => TERMS.get(kind).form === 'centers')
  if (moving && !centers) throw missing(loss, 'centers', 'centres')
  if (!loss.head) {
    if (!moving) return classesIn(y)
    checkClasses(lossCase, centers!.length, 'centers')
    return centers!.length
  }
  if (!W) throw missing(loss, 'W', 'class weights')
  const classes = W.length / subCenters
  if (!Number.isInteger(classes)) {
    throw new LossCaseError('W', `must have ${subCenters} rows for each class, class by class`)
  }
  checkClasses(lossCase, classes, 'W')
  if (MARGINS.get(loss.head.margin.kind).classPenalty && !margins) throw missing(loss, 'margins', 'margins')
  return classes
}

/** Of more samples the numbers for all pairs, 2 GiB each of several kinds, would not fit into memory. */
const MOST_PAIRED = 16_384

function checkPairs(loss: Loss, { x }: CheckedCase): void {
  const paired = loss.terms.some(({ kind }) => TERMS.get(kind).form === 'pairs')
  if (!paired || x.length <= MOST_PAIRED) return
  throw new LossCaseError(
    'x',
    `must have at most ${MOST_PAIRED} rows, as the loss "${loss.info.id}" is one of pairs: it has ${x.length}`,
  )
}

/** More labels than this are a mistake rather than classes, and what is kept of each would not fit into memory. */
const MOST_CLASSES = 1_000_000

/** How many classes labels speak of, where nothing else says it. */
function classesIn(y: readonly number[]): number {
  const classes = y.reduce((most, label) => Math.max(most, label), 0) + 1
  if (classes <= MOST_CLASSES) return classes
  throw new LossCaseError(
    'y',
    `must number its classes from 0 on: there is a label ${classes - 1}, and at most ${MOST_CLASSES} classes`,
  )
}

/** n_min / n_j, where the loss asks for it; else null. */
function rarityOf(
  loss: Loss,
  { classCounts }: CheckedCase,
  values: Values,
  classes: number,
): number[] | null {
  for (const setting of loss.terms) {
    const term = TERMS.get(setting.kind)
    if (term.form !== 'weights' || !term.fewClasses) continue
    const { id } = term.fewClasses
    const name = values.has(id) ? id : termParameter(setting, id)
    const named = values.get(name)
    if (!Array.isArray(named)) continue
    const few = new Set(named as readonly number[])
    if (few.size < classes && [...few].every((j) => j < classes)) {
      // Next to a class with endlessly many images, any number of images is few.
      return Array.from({ length: classes }, (_, j) => Number(few.has(j)))
    }
    throw new LossCaseError(`params.${name}`, 'must list some of the classes of W, and not all')
  }
  if (!usesRarity(loss.head, loss.terms)) return null
  if (!classCounts) throw missing(loss, 'classCounts', 'the samples of each class')
  return rarities(classCounts)
}

/** A term with the parameters of a case. @param alone whether these have the term's own names */
function termSetting(term: TermSetting, alone: boolean, values: Values): TermSetting {
  const valueOf = (id: string) => values.get(alone ? id : termParameter(term, id))
  const { normalized, mining, weight, parameters } = term
  const set = Object.entries(parameters).map(([id, own]) => [id, Number(valueOf(id) ?? own)] as const)
  return {
    kind: term.kind,
    weight: Number(valueOf('weight') ?? weight),
    normalized: Boolean(valueOf('normalized') ?? normalized),
    ...(mining === undefined ? {} : { mining: String(valueOf('mining') ?? mining) }),
    parameters: Object.fromEntries(set),
  }
}

interface Sizes {
  readonly classes: number
  readonly dimension: number
  readonly subCenters: number
}

/** The head with the parameters of a case, and its states and shared bias as they are before the batch. */
function activeHead(
  { margin, loss, normalizeWeights, normalizeFeatures, scale: ownScale }: Head,
  values: Values,
  { subCenters, ...sizes }: Sizes,
): { head: ActiveHead; states: Float64Array } {
  const { parameters: specs, stepless } = MARGINS.get(margin.kind)
  const { parameters: ofLoss, sharedBias } = HEAD_LOSSES.get(loss.kind)
  const state = headStates({ margin, loss }).all
  const scale = state.some(({ id }) => id === 'scale') ? ownScale : Number(values.get('scale') ?? ownScale)
  const given = steplessParameters(specs, stepless).map(
    ({ id, alias = id }) => [id, numberOf(values, alias)] as const,
  )
  const parameters = { ...margin.parameters, ...Object.fromEntries(given) }
  const setting = { ...margin, parameters }
  const lossSetting = {
    kind: loss.kind,
    parameters: Object.fromEntries(ofLoss.map(({ id, alias = id }) => [id, numberOf(values, alias)])),
  }
  const acting = marginSymbols(setting, 1, 0, scale)
  if (stepless) acting[stepless.parameter.id] = parameters[stepless.parameter.id]!
  const states = startingStates({ margin: setting, loss: lossSetting, scale }, sizes)
  state.forEach(({ id }, i) => (states[i] = values.get(id) === null ? states[i]! : numberOf(values, id)))
  const bias = values.get('bias')
  if (sharedBias && typeof bias === 'number') states[MOST_STATES] = bias
  const head = { bias: !sharedBias && bias === 1, normalizeWeights, normalizeFeatures, scale, subCenters }
  return { head: { ...head, margin: setting, loss: lossSetting, symbols: acting }, states }
}

function offsetsOf(parts: Readonly<Record<keyof Offsets, readonly number[]>>): Offsets {
  const offsets = { weights: 0, bias: 0, margins: 0, rarity: 0, states: 0, sharedBias: 0 }
  let at = 0
  for (const name of Object.keys(parts) as (keyof Offsets)[]) {
    offsets[name] = at
    at += parts[name].length
  }
  return offsets
}
