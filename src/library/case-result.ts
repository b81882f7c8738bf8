import { HEAD_LOSSES } from '../losses/head-loss-registry'
import { headStates } from '../losses/head-states'
import { MARGINS } from '../losses/margin-registry'
import { TERMS } from '../losses/term-registry'
import type { KernelCase, KernelOutputs } from './kernel-case'
import type { LossResult } from './loss-types'
import type { PreparedCase } from './prepare-case'

/** What must be run for a case: its loss, and then each part that a term is the weighted sum of, without its weight. */
export function runsOf({ run }: PreparedCase): readonly KernelCase[] {
  const [term] = run.terms
  const parts = Object.values(partsOf(run))
  const none = Object.fromEntries(parts.map((weight) => [weight, 0]))
  return [
    run,
    ...parts.map((weight) => {
      const parameters = { ...term!.parameters, ...none, [weight]: 1 }
      return { ...run, terms: [{ ...term!, parameters }] }
    }),
  ]
}

/** The parameter that is the weight of each part, where a term stands alone. */
function partsOf({ head, terms }: KernelCase): Readonly<Record<string, string>> {
  const [term] = terms
  return !head && term ? (TERMS.get(term.kind).parts ?? {}) : {}
}

/** The result of a case. @param outputs what came of `runsOf`, in any precision */
export function resultOf(
  { loss: { head, terms }, run }: PreparedCase,
  outputs: readonly KernelOutputs[],
): LossResult {
  const { batch, classes, dimension, subCenters, offsets } = run
  const { loss, dx, gradients, parameters } = outputs[0]!
  const rowsOf = (values: ArrayLike<number>, offset: number, count: number): number[][] =>
    Array.from({ length: count }, (_, i) =>
      Array.from({ length: dimension }, (_, k) => values[offset + i * dimension + k]!),
    )
  const gradient = (offset: number, length = classes): number[] =>
    Array.from({ length }, (_, i) => gradients[offset + i]!)
  const classPenalty = head && MARGINS.get(head.margin.kind).classPenalty
  const state = head ? headStates(head).all : []
  const sharedBias = head && HEAD_LOSSES.get(head.loss.kind).sharedBias
  const states: Record<string, number | number[][]> = {}
  state.forEach(({ id }, i) => (states[id] = parameters[offsets.states + i]!))
  const learned: number[] = []
  const centered = terms.filter(({ kind }) => TERMS.get(kind).form === 'centers')
  terms.forEach(({ kind }, i) => {
    const term = TERMS.get(kind)
    const at = run.termStates[i]!
    if (term.form === 'centers') {
      const name = centered.length === 1 ? 'centers' : `${kind}.centers`
      states[name] = rowsOf(parameters, at, classes)
    }
    if (term.form === 'features') learned.push(...gradient(at, term.learned?.length ?? 0))
  })
  const parts = Object.keys(partsOf(run)).map((name, i) => [name, outputs[i + 1]!.loss] as const)
  return {
    loss,
    dx: rowsOf(dx, 0, batch),
    ...(head && { dW: rowsOf(gradients, offsets.weights, classes * subCenters) }),
    ...(run.head?.head.bias && { db: gradient(offsets.bias) }),
    ...(classPenalty && { dmargins: gradient(offsets.margins) }),
    ...(sharedBias && { dbias: gradient(offsets.sharedBias, 1) }),
    ...(learned.length > 0 && { dR: learned }),
    ...(Object.keys(states).length > 0 && { state: states }),
    ...(parts.length > 0 && { parts: Object.fromEntries(parts) }),
  }
}
