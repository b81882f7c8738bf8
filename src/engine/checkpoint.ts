import type { Head } from '../losses/head'
import { sameStates, type StatefulHead } from '../losses/head-states'
import { initialParameters } from './initialize'
import type { Layout } from './layout'

/** Everything needed to go on with a run exactly where it was. */
export interface Checkpoint {
  readonly step: number
  readonly epoch: number
  /** Images of the epoch that were already used. */
  readonly position: number
  readonly parameters: Float32Array
  /** First and second moments, or the velocity, each as long as the parameters. */
  readonly moments: Float32Array
  /** The head that carried what is among the parameters; without it, the one that goes on. */
  readonly head?: StatefulHead
  /** What the terms of the run carry, by kind, where that is not among the parameters. */
  readonly termStates?: ReadonlyMap<string, Float32Array>
}

/**
 * Parameters and moments to go on with from a checkpoint. One from a recording may lack what terms carry: their states
 * begin anew, or are those that come with it. What another head carried means something else: that begins anew, too.
 * @param counts training samples of each class: these may be others than those that the checkpoint was made on
 * @throws {RangeError} when the checkpoint is of another network
 */
export function vectorsOf(
  { parameters, moments, termStates, head: before }: Checkpoint,
  layout: Layout,
  { head, seed }: { readonly head: Head; readonly seed: number },
  counts: readonly number[],
): Pick<Checkpoint, 'parameters' | 'moments'> {
  const { length } = parameters
  if (length < layout.termsAt || length > layout.size || moments.length !== 2 * length) {
    throw new RangeError('the checkpoint is of another network')
  }
  const values = initialParameters(layout, head, seed, counts)
  const kept = [layout.classRarity]
  if (before && !sameStates(before, head)) kept.push(layout.states, layout.sharedBias)
  const own = kept.map(({ offset, size }) => values.slice(offset, offset + size))
  values.set(parameters)
  kept.forEach(({ offset }, i) => values.set(own[i]!, offset))
  for (const [kind, state] of termStates ?? []) values.set(state, layout.termStates.get(kind)?.offset)
  const allMoments = new Float32Array(2 * layout.size)
  allMoments.set(moments.subarray(0, length))
  allMoments.set(moments.subarray(length), layout.size)
  return { parameters: values, moments: allMoments }
}
