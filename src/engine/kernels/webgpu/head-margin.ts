import { differentiate, symbols, toShader, type Expression } from '../../../geometry/expression'
import type { MarginSetting } from '../../../losses/margin-function'
import { MARGINS } from '../../../losses/margin-registry'
import { psiOf } from '../../../losses/margin-setting'
import { NOISE_SHADER } from '../../../losses/noise'
import { LEAST_NORM } from '../host/head'
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

/** The settings of shaders of a head with these names of symbols. */
export const headSettingTypes = (names: readonly string[]): Record<string, 'u32' | 'f32'> => ({
  ...TYPES,
  ...Object.fromEntries(names.map((name) => [symbolName(name), 'f32' as const])),
})

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
  }
}

/** Symbols of ψ are settings beside those of the head, so they get names of their own. */
const symbolName = (symbol: string): string => `symbol_${symbol}`

/** What the shaders of a head share: functions, and the text of the margin function's expressions. */
export interface MarginShader {
  readonly functions: string
  readonly text: (e: Expression) => string
  readonly derivative: (e: Expression, name: string) => string
  /** Whether any expression uses a symbol. */
  readonly uses: (symbol: string) => boolean
  /** The scale of normalized features. */
  readonly scale: string
}

/**
 * The row of W that stands for class `j` and the feature at `x`: text for an expression, and the function behind
 * it, which a head with one row for each class goes without.
 */
export function nearestRow(
  dimension: number,
  subCenters: number,
): { readonly functions: string; readonly row: (j: string) => string } {
  if (subCenters === 1) return { functions: '', row: (j) => j }
  return {
    row: (j) => `nearestRow(${j}, x)`,
    functions: `
fn nearestRow(j: u32, x: u32) -> u32 {
  var nearest = j * ${subCenters}u;
  var highest = ${-3.4e38};
  for (var row = j * ${subCenters}u; row < (j + 1u) * ${subCenters}u; row++) {
    var product = 0.0;
    var square = 0.0;
    for (var k = 0u; k < ${dimension}u; k++) {
      let v = parameters[settings.weights + row * ${dimension}u + k];
      product += v * features[x + k];
      square += v * v;
    }
    // The length of the feature changes no order.
    let along = product / normOf(square);
    if (along > highest) {
      highest = along;
      nearest = row;
    }
  }
  return nearest;
}`,
  }
}

/**
 * Symbols that differ from sample to sample or from batch to batch are private variables, `sample_…`, which the
 * shader sets where `uses` says so.
 * @param names the symbols that are settings
 */
export function marginShader(margin: MarginSetting, names: readonly string[], classes: number): MarginShader {
  const { other, scale, penalty, classPenalty, binary, state = [] } = MARGINS.get(margin.kind)
  const own = [psiOf(margin), other, scale, penalty, classPenalty, binary?.own, binary?.others]
  const all = [...own, ...state.map(({ next }) => next)].filter((e) => e !== undefined)
  const used = new Set(all.flatMap((e) => [...symbols(e)]))
  const states = state.map(({ id }) => id)
  const known = new Set(['theta', 'cosTheta', 'classes', ...names, ...states])
  const variables = [...used].filter((symbol) => !known.has(symbol))
  const slot = (symbol: string): string => {
    if (names.includes(symbol)) return `settings.${symbolName(symbol)}`
    if (states.includes(symbol)) return `parameters[settings.states + ${states.indexOf(symbol)}u]`
    if (symbol === 'classes') return `${classes}.0`
    return variables.includes(symbol) ? `sample_${symbol}` : symbol
  }
  const text = (e: Expression): string => toShader(e, slot, exactName)
  return {
    functions: `${EXACT_FUNCTIONS}
${used.has('noise') ? NOISE_SHADER : ''}
${variables.map((name) => `var<private> sample_${name}: f32;`).join('\n')}
// In these, what is not a number stays so, which max, min and clamp do not promise: a diverged run must show.
fn normOf(square: f32) -> f32 { return select(sqrt(square), ${LEAST_NORM}, square < ${LEAST_NORM ** 2}); }
fn cosineOf(product: f32, norms: f32) -> f32 {
  let c = product / norms;
  return select(select(c, 1.0, c > 1.0), -1.0, c < -1.0);
}`,
    text,
    derivative: (e, name) => text(differentiate(e, name)),
    uses: (symbol) => used.has(symbol),
    scale: scale ? text(scale) : 'settings.scale',
  }
}
