import { compile, differentiate, type Evaluator } from '../geometry/expression'
import { marginFunction } from './margins'

/** ψ with its derivatives, over the slots [theta, cosTheta, …names]. */
export interface CompiledMargin {
  readonly names: readonly string[]
  readonly psi: Evaluator
  readonly dTheta: Evaluator
  readonly dCosTheta: Evaluator
}

const cache = new Map<string, CompiledMargin>()

/** Compiles ψ of a margin function once for a set of symbol names. */
export function compiledMargin(kind: string, names: readonly string[]): CompiledMargin {
  const key = `${kind}(${names.join()})`
  let compiled = cache.get(key)
  if (!compiled) {
    const { psi } = marginFunction(kind)
    const slots = ['theta', 'cosTheta', ...names]
    compiled = {
      names,
      psi: compile(psi, slots),
      dTheta: compile(differentiate(psi, 'theta'), slots),
      dCosTheta: compile(differentiate(psi, 'cosTheta'), slots),
    }
    cache.set(key, compiled)
  }
  return compiled
}
