import { compile, differentiate, type Evaluator, type Expression } from '../geometry/expression'
import { recent } from '../geometry/recent'
import type { MarginSetting } from './margin-function'
import { MARGINS } from './margin-registry'
import { marginSymbols, psiKey, psiOf } from './margin-setting'
import { BATCH_SYMBOLS, SAMPLE_SYMBOLS } from './margin-function'

/**
 * A margin function with its derivatives as functions of slots, whose names are [theta, cosTheta, …names,
 * …SAMPLE_SYMBOLS, …ids of its states, …BATCH_SYMBOLS].
 */
export interface CompiledMargin {
  readonly slotNames: readonly string[]
  readonly psi: Evaluator
  readonly dTheta: Evaluator
  readonly dCosTheta: Evaluator
  readonly dNorm: Evaluator
  readonly dClassMargin: Evaluator
  /** null where the other logits are plain. */
  readonly other: { readonly value: Evaluator; readonly dCosTheta: Evaluator } | null
  readonly scale: Evaluator | null
  readonly penalty: { readonly value: Evaluator; readonly dNorm: Evaluator } | null
  readonly classPenalty: { readonly value: Evaluator; readonly dClassMargin: Evaluator } | null
  readonly states: readonly Evaluator[]
  /** The margin of a sample, where it has one of its own that is not a lead. */
  readonly individual: Evaluator | null
}

const compiled = recent<CompiledMargin>(64)

/** Compiles a margin once for a set of names of parameters. */
export function compiledMargin(margin: MarginSetting, names: readonly string[]): CompiledMargin {
  return compiled(`${psiKey(margin)}(${names.join()})`, () => compileMargin(margin, names))
}

/**
 * Slots to draw ψ with: symbols that differ from sample to sample have typical values, and [theta, cosTheta] are
 * for the caller to set.
 */
export function curveSlots(
  { slotNames }: CompiledMargin,
  { kind }: MarginSetting,
  symbols: Readonly<Record<string, number>>,
): Float64Array {
  const values: Record<string, number> = { ...symbols, ...MARGINS.get(kind).typical?.(symbols) }
  return Float64Array.from(slotNames, (name) => values[name] ?? 0)
}

/** What a cosine counts as for the own class while the margin asks for nothing. */
export function neutralPsi(margin: MarginSetting, scale: number): (cosine: number) => number {
  const symbols = marginSymbols(margin, 0, 0, scale)
  const compiled = compiledMargin(margin, Object.keys(symbols))
  const slots = curveSlots(compiled, margin, symbols)
  return (cosine) => {
    slots[0] = Math.acos(cosine)
    slots[1] = cosine
    return compiled.psi(slots)
  }
}

function compileMargin(margin: MarginSetting, names: readonly string[]): CompiledMargin {
  const { other, scale, penalty, classPenalty, individual, state = [] } = MARGINS.get(margin.kind)
  const psi = psiOf(margin)
  const states = state.map(({ id }) => id)
  const slotNames = ['theta', 'cosTheta', ...names, ...SAMPLE_SYMBOLS, ...states, ...BATCH_SYMBOLS]
  const value = (e: Expression): Evaluator => compile(e, slotNames)
  const by = (e: Expression, name: string): Evaluator => value(differentiate(e, name))
  return {
    slotNames,
    psi: value(psi),
    dTheta: by(psi, 'theta'),
    dCosTheta: by(psi, 'cosTheta'),
    dNorm: by(psi, 'norm'),
    dClassMargin: by(psi, 'classMargin'),
    other: other ? { value: value(other), dCosTheta: by(other, 'cosTheta') } : null,
    scale: scale ? value(scale) : null,
    penalty: penalty ? { value: value(penalty), dNorm: by(penalty, 'norm') } : null,
    classPenalty: classPenalty
      ? { value: value(classPenalty), dClassMargin: by(classPenalty, 'classMargin') }
      : null,
    states: state.map(({ next }) => value(next)),
    individual: individual && individual.value !== 'lead' ? value(individual.value) : null,
  }
}
