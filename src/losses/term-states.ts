import type { TermSetting, TermSizes } from './forms/base'
import { startingState } from './forms/term'
import { TERMS } from './term-registry'

/** What terms carry, one after the other, taken apart: views on `states`, by kind. */
export function statesByKind(
  terms: readonly TermSetting[],
  states: Float32Array,
  sizes: TermSizes,
): ReadonlyMap<string, Float32Array> {
  let offset = 0
  return new Map(
    terms.map(({ kind }) => {
      const { length } = startingState(TERMS.get(kind), sizes)
      return [kind, states.subarray(offset, (offset += length))] as const
    }),
  )
}
