import { slice1d, zeros, type Tensor1D } from '@tensorflow/tfjs-core'
import type { Carried } from '../losses/individual-margins'
import * as ops from './kernels/ops'
import type { Layout } from './layout'

/** Steps whose loss is kept on the device until it is read. */
export const STATISTICS_SLOTS = 1024

/** Loss and fraction right of single training batches, in order. */
export interface StepRecord {
  readonly firstStep: number
  readonly losses: Float32Array
  readonly accuracies: Float32Array
}

/** What training has left on the device. */
export interface Reading {
  /** The steps since the last reading, at most STATISTICS_SLOTS. */
  readonly steps: StepRecord
  /** [n · K · d] */
  readonly weights: Float32Array
  /** [n] */
  readonly bias: Float32Array
  readonly carried: Carried
  /** What the terms carry, one after the other. */
  readonly termStates: Float32Array
  /** Of other tensors that are read along. */
  readonly more: Float32Array[]
}

/** Gathers loss and accuracy of each step on the device, and reads them with what else there is to see, in one copy. */
export class ReadOut {
  /** Loss and fraction right of step i at [2 · slot] and [2 · slot + 1] of `slotOf(i)`. */
  readonly statistics: Tensor1D = zeros([2 * STATISTICS_SLOTS])
  private firstUnread = 0

  constructor(private readonly layout: Layout) {}

  slotOf(step: number): number {
    return step % STATISTICS_SLOTS
  }

  /**
   * @param step how many steps were made
   * @param terms those that the run has
   */
  async read(
    parameters: Tensor1D,
    step: number,
    terms: readonly { readonly kind: string }[],
    more: readonly Tensor1D[],
  ): Promise<Reading> {
    const { classWeights, classBias, classMargins, classRarity, states, termStates } = this.layout
    const ofTerms = terms.flatMap(({ kind }) => termStates.get(kind) ?? [])
    const shown = [classWeights, classBias, classMargins, classRarity, states, ...ofTerms]
    const head = shown.map(({ offset, size }) => slice1d(parameters, offset, size))
    const firstStep = Math.max(this.firstUnread, step - STATISTICS_SLOTS)
    this.firstUnread = step
    const reading = readTogether([this.statistics, ...head, ...more])
    // The joined copy is recorded by now.
    head.forEach((tensor) => tensor.dispose())
    const [statistics, weights, bias, margins, rarity, stateValues, ...rest] = await reading
    const carriedByTerms = rest.splice(0, ofTerms.length)
    const slots = Array.from({ length: step - firstStep }, (_, i) => this.slotOf(firstStep + i))
    return {
      steps: {
        firstStep,
        losses: Float32Array.from(slots, (slot) => statistics![2 * slot]!),
        accuracies: Float32Array.from(slots, (slot) => statistics![2 * slot + 1]!),
      },
      weights: weights!,
      bias: bias!,
      carried: { classMargins: margins!, rarity: rarity!, states: stateValues! },
      termStates: concatenated(carriedByTerms),
      more: rest,
    }
  }

  /** Steps before this one are not read any more. */
  skipTo(step: number): void {
    this.firstUnread = step
  }

  dispose(): void {
    this.statistics.dispose()
  }
}

function concatenated(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0))
  let offset = 0
  for (const part of parts) {
    all.set(part, offset)
    offset += part.length
  }
  return all
}

/** The values of several tensors in one copy from the device. */
export async function readTogether(tensors: Tensor1D[]): Promise<Float32Array[]> {
  const sizes = tensors.map(({ size }) => size)
  const joined = ops.join(tensors)
  try {
    const values = (await joined.data()) as Float32Array
    let offset = 0
    return sizes.map((size) => values.subarray(offset, (offset += size)))
  } finally {
    joined.dispose()
  }
}
