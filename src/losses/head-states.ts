import { compile, type Evaluator } from '../geometry/expression'
import { recent } from '../geometry/recent'
import type { ActiveHead } from './head'
import { HEAD_LOSSES } from './head-loss-registry'
import type { BATCH_SYMBOLS } from './margin-function'
import { type StateSpec } from './margin-function'
import { MARGINS } from './margin-registry'

/** What a head carries from step to step, in this order: states of its margin function, then those of its loss. */
export interface HeadStates {
  readonly margin: readonly StateSpec[]
  readonly loss: readonly StateSpec[]
  readonly all: readonly StateSpec[]
}

const NONE: readonly StateSpec[] = []

export function headStates(head: {
  readonly margin: { readonly kind: string }
  readonly loss: { readonly kind: string }
}): HeadStates {
  const margin = MARGINS.get(head.margin.kind).state ?? NONE
  const loss = HEAD_LOSSES.get(head.loss.kind).state ?? NONE
  return { margin, loss, all: [...margin, ...loss] }
}

const compiled = recent<{ readonly slotNames: readonly string[]; readonly next: readonly Evaluator[] }>(16)

/**
 * The next states of a head's loss.
 * @param states as they were
 * @param batch what the batch tells them
 */
export function nextLossStates(
  { loss }: Pick<ActiveHead, 'loss'>,
  states: readonly number[],
  batch: Readonly<Record<(typeof BATCH_SYMBOLS)[number], number>>,
): number[] {
  const { state = NONE } = HEAD_LOSSES.get(loss.kind)
  const values: Record<string, number> = { ...loss.parameters, ...batch }
  state.forEach(({ id }, i) => {
    values[id] = states[i]!
  })
  const names = Object.keys(values)
  const { slotNames, next } = compiled([loss.kind, ...names].join(), () => ({
    slotNames: names,
    next: state.map((spec) => compile(spec.next, names)),
  }))
  const slots = Float64Array.from(slotNames, (name) => values[name]!)
  return next.map((evaluate) => evaluate(slots))
}
