import { compile, differentiate, type Evaluator, type Expression } from '../geometry/expression'
import { marginFunction } from './margins'
import { BATCH_SYMBOLS, SAMPLE_SYMBOLS } from './types'

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
  readonly binary: { readonly own: Evaluator; readonly others: Evaluator } | null
  readonly states: readonly Evaluator[]
}

const cache = new Map<string, CompiledMargin>()

/** Compiles a margin function once for a set of names of parameters. */
export function compiledMargin(kind: string, names: readonly string[]): CompiledMargin {
  const key = `${kind}(${names.join()})`
  let compiled = cache.get(key)
  if (!compiled) {
    compiled = compileMargin(kind, names)
    cache.set(key, compiled)
  }
  return compiled
}

function compileMargin(kind: string, names: readonly string[]): CompiledMargin {
  const { psi, other, scale, penalty, classPenalty, binary, state = [] } = marginFunction(kind)
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
    binary: binary ? { own: value(binary.own), others: value(binary.others) } : null,
    states: state.map(({ next }) => value(next)),
  }
}
