import { compile, differentiate, type Evaluator } from '../geometry/expression'
import type { MarginSetting } from './head'
import { psiKey, psiOf } from './margins'

/** ψ with its derivatives, over the slots [theta, cosTheta, …names]. */
export interface CompiledMargin {
  readonly names: readonly string[]
  readonly psi: Evaluator
  readonly dTheta: Evaluator
  readonly dCosTheta: Evaluator
}

/** Texts come and go while the user writes one; this many are kept. */
const MOST_COMPILED = 64
const cache = new Map<string, CompiledMargin>()

/** Compiles ψ of a margin once for a set of symbol names. */
export function compiledMargin(margin: MarginSetting, names: readonly string[]): CompiledMargin {
  const key = `${psiKey(margin)}(${names.join()})`
  let compiled = cache.get(key)
  if (!compiled) {
    const psi = psiOf(margin)
    const slots = ['theta', 'cosTheta', ...names]
    compiled = {
      names,
      psi: compile(psi, slots),
      dTheta: compile(differentiate(psi, 'theta'), slots),
      dCosTheta: compile(differentiate(psi, 'cosTheta'), slots),
    }
    if (cache.size >= MOST_COMPILED) cache.clear()
    cache.set(key, compiled)
  }
  return compiled
}
