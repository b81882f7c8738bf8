import { LEAST_TRAINED_NORM } from '../../../geometry/rows'
import { differentiate, symbols, toShader, type Expression } from '../../../geometry/expression'
import type { ActiveHead } from '../../../losses/head'
import { HEAD_LOSSES } from '../../../losses/head-loss-registry'
import { headStates } from '../../../losses/head-states'
import { BATCH_SYMBOLS, SAMPLE_SYMBOLS, type StateSpec } from '../../../losses/margin-function'
import { MARGINS } from '../../../losses/margin-registry'
import { expressionsOf, psiKey } from '../../../losses/margin-setting'
import { NOISE_SHADER } from '../../../losses/noise'
import type { HeadAttributes } from '../names'
import { EXACT_FUNCTIONS, exactName } from './functions'

const TYPES = {
  batch: 'u32',
  first: 'u32',
  weights: 'u32',
  bias: 'u32',
  margins: 'u32',
  rarity: 'u32',
  states: 'u32',
  sharedBias: 'u32',
  noise: 'u32',
  useBias: 'u32',
  normalizeWeights: 'u32',
  normalizeFeatures: 'u32',
  scale: 'f32',
} as const

/** The settings of shaders of a head, or of one whose margin and loss take no part in them. */
export function headSettingTypes(head?: ShaderHead): Record<string, 'u32' | 'f32'> {
  const own = head
    ? [...Object.keys(head.symbols).map(symbolName), ...lossParameters(head).map(lossName)]
    : []
  return { ...TYPES, ...Object.fromEntries(own.map((name) => [name, 'f32' as const])) }
}

export function headSettings(a: HeadAttributes): Record<string, number> {
  const { batch, first, weights, bias, margins, rarity, states, sharedBias, noise, head } = a
  return {
    batch,
    first,
    weights,
    bias,
    margins,
    rarity,
    states,
    sharedBias,
    noise,
    scale: head.scale,
    useBias: Number(head.bias),
    normalizeWeights: Number(head.normalizeWeights),
    normalizeFeatures: Number(head.normalizeFeatures),
    ...Object.fromEntries(Object.entries(head.symbols).map(([name, value]) => [symbolName(name), value])),
    ...Object.fromEntries(lossParameters(head).map((id) => [lossName(id), head.loss.parameters[id]!])),
  }
}

/** Symbols of ψ and parameters of the loss are settings beside those of the head, so they get names of their own. */
const symbolName = (symbol: string): string => `symbol_${symbol}`
const lossName = (id: string): string => `loss_${id}`

/** What a shader's text depends on, of a head. */
export type ShaderHead = Pick<ActiveHead, 'margin' | 'loss' | 'symbols' | 'subCenters'>

const lossParameters = ({ loss }: Pick<ActiveHead, 'loss'>): string[] =>
  HEAD_LOSSES.get(loss.kind).parameters.map(({ id }) => id)

/** Heads with the same key have the same shaders. */
export function shaderKey(head: ShaderHead, classes: number, dimension: number): string {
  const { margin, loss, symbols, subCenters } = head
  return [psiKey(margin), loss.kind, classes, subCenters, dimension, ...Object.keys(symbols)].join()
}

/** What the shaders of a head share: functions, and the text of the margin function's expressions. */
interface HeadShader {
  readonly functions: string
  readonly text: (e: Expression) => string
  readonly derivative: (e: Expression, name: string) => string
  /** Whether any expression uses a symbol. */
  readonly uses: (symbol: string) => boolean
  /** The scale of normalized features. */
  readonly scale: string
  /** The text of a number that the loss may use, by its name. */
  readonly lossValue: (name: string) => string
  /** The text of what its states become. */
  readonly nextLossStates: readonly string[]
}

/**
 * Symbols that differ from sample to sample or from batch to batch are private variables, `sample_…`, which the
 * shader sets where `uses` says so.
 */
export function headShader(head: ShaderHead, classes: number): HeadShader {
  const { margin } = head
  const { scale } = MARGINS.get(margin.kind)
  const names = Object.keys(head.symbols)
  const states = headStates(head)
  const own = [...expressionsOf(margin), ...states.loss.map(({ next }) => next)]
  const used = new Set(own.flatMap((e) => [...symbols(e)]))
  const variables = [...SAMPLE_SYMBOLS, ...BATCH_SYMBOLS].filter(
    (symbol) => symbol !== 'classes' && used.has(symbol) && !names.includes(symbol),
  )
  const variable = (symbol: string): string => {
    if (symbol === 'classes') return `${classes}.0`
    return (variables as string[]).includes(symbol) ? `sample_${symbol}` : symbol
  }
  const stateAt = (specs: readonly StateSpec[], symbol: string, first: number): string | undefined => {
    const i = specs.findIndex(({ id }) => id === symbol)
    return i < 0 ? undefined : `parameters[settings.states + ${first + i}u]`
  }
  const slot = (symbol: string): string => {
    if (names.includes(symbol)) return `settings.${symbolName(symbol)}`
    return stateAt(states.margin, symbol, 0) ?? variable(symbol)
  }
  const text = (e: Expression): string => toShader(e, slot, exactName)
  const scaleText = scale ? text(scale) : 'settings.scale'
  const parameters = lossParameters(head)
  const lossValue = (name: string): string => {
    if (parameters.includes(name)) return `settings.${lossName(name)}`
    const state = stateAt(states.loss, name, states.margin.length)
    if (state) return state
    if (name === 'scale') return scaleText
    if (name === 'batch') return 'f32(settings.batch)'
    return name === 'present' ? 'classesPresent' : variable(name)
  }
  return {
    functions: `${EXACT_FUNCTIONS}
${used.has('noise') ? NOISE_SHADER : ''}
${variables.map((name) => `var<private> sample_${name}: f32;`).join('\n')}
// In these, what is not a number stays so, which max, min and clamp do not promise: a diverged run must show.
fn normOf(square: f32) -> f32 {
  return select(sqrt(square), ${LEAST_TRAINED_NORM}, square < ${LEAST_TRAINED_NORM ** 2});
}
fn cosineOf(product: f32, norms: f32) -> f32 {
  let c = product / norms;
  return select(select(c, 1.0, c > 1.0), -1.0, c < -1.0);
}`,
    text,
    derivative: (e, name) => text(differentiate(e, name)),
    uses: (symbol) => used.has(symbol),
    scale: scaleText,
    lossValue,
    nextLossStates: states.loss.map(({ next }) => toShader(next, lossValue, exactName)),
  }
}
