import { compile, type Evaluator } from '../geometry/expression'
import { recent } from '../geometry/recent'
import type { LossSetting } from './head-loss'
import { HEAD_LOSSES } from './head-loss-registry'
import { MOST_STATES, type BATCH_SYMBOLS, type StateSpec } from './margin-function'
import { MARGINS } from './margin-registry'

/** What a head carries from step to step, in this order: states of its margin function, then those of its loss. */
interface HeadStates {
  readonly margin: readonly StateSpec[]
  readonly loss: readonly StateSpec[]
  readonly all: readonly StateSpec[]
}

/** What decides which numbers a head carries. */
export interface StatefulHead {
  readonly margin: { readonly kind: string }
  readonly loss: { readonly kind: string }
}

const NONE: readonly StateSpec[] = []

/** @throws {RangeError} when there are more than MOST_STATES */
export function headStates(head: StatefulHead): HeadStates {
  const margin = MARGINS.get(head.margin.kind).state ?? NONE
  const loss = HEAD_LOSSES.get(head.loss.kind).state ?? NONE
  const all = [...margin, ...loss]
  if (all.length > MOST_STATES) {
    throw new RangeError(
      `the margin "${head.margin.kind}" and the loss "${head.loss.kind}" carry ${all.length} numbers together, ` +
        `and a head at most ${MOST_STATES}`,
    )
  }
  return { margin, loss, all }
}

/** Whether what two heads carry means the same. */
export function sameStates(a: StatefulHead, b: StatefulHead): boolean {
  return a.margin.kind === b.margin.kind && a.loss.kind === b.loss.kind
}

/**
 * Whether the states of a head's margin function wait. A scale that follows from angles is not brought up to date
 * before it acts: on features of any length, and angles still wide, AdaCos' grows without bound.
 */
export function marginWaits({
  margin,
  normalizeFeatures,
}: Pick<StatefulHead, 'margin'> & { readonly normalizeFeatures: boolean }): boolean {
  return MARGINS.get(margin.kind).scale !== undefined && !normalizeFeatures
}

const compiled = recent<{ readonly slotNames: readonly string[]; readonly next: readonly Evaluator[] }>(16)

/**
 * The next states of a head's loss.
 * @param states as they were
 * @param batch what the batch tells them
 */
export function nextLossStates(
  { loss }: { readonly loss: LossSetting },
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
