import type { Floats } from '../../../geometry/floats'
import { Answering } from '../../../geometry/classifier'
import { LEAST_TRAINED_NORM, rowNorm } from '../../../geometry/rows'
import { compiledMargin, type CompiledMargin } from '../../../losses/compiled-margin'
import { headStates } from '../../../losses/head-states'
import { BATCH_SYMBOLS, SAMPLE_SYMBOLS } from '../../../losses/margin-function'
import type { HeadAttributes } from '../names'

type Slot = Record<(typeof SAMPLE_SYMBOLS)[number] | (typeof BATCH_SYMBOLS)[number], number>

/** The head's margin function, with its slots filled with what does not differ from sample to sample. */
export interface MarginSlots {
  readonly margin: CompiledMargin
  readonly slots: Float64Array
  /** Where symbols are that differ from sample to sample, or from batch to batch. */
  readonly slot: Slot
  /** s */
  readonly scale: number
}

export function marginSlots(parameters: Floats, { head, states, classes }: HeadAttributes): MarginSlots {
  const margin = compiledMargin(head.margin, Object.keys(head.symbols))
  const values = {
    ...head.symbols,
    classes,
    ...Object.fromEntries(headStates(head).margin.map(({ id }, i) => [id, parameters[states + i]!])),
  }
  const slots = Float64Array.from(margin.slotNames, (name) => values[name as keyof typeof values] ?? 0)
  const slot = Object.fromEntries(
    [...SAMPLE_SYMBOLS, ...BATCH_SYMBOLS].map((name) => [name, margin.slotNames.indexOf(name)]),
  ) as Slot
  return { margin, slots, slot, scale: margin.scale ? margin.scale(slots) : head.scale }
}

/** Answers features as the head does without margin, and without the bias that all logits share. */
export function answering(parameters: Floats, a: HeadAttributes, scale: number): Answering {
  const { head, weights, bias, classes, dimension } = a
  const rows = classes * head.subCenters
  const norms = Float64Array.from({ length: rows }, (_, row) =>
    rowNorm(parameters, weights + row * dimension, dimension, LEAST_TRAINED_NORM),
  )
  const classifier = {
    ...head,
    weights: parameters.subarray(weights, weights + rows * dimension),
    bias: parameters.subarray(bias, bias + classes),
    useBias: head.bias,
    scale,
  }
  return new Answering(classifier, dimension, norms)
}
