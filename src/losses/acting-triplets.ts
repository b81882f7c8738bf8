import { BatchWatch } from './batch-watch'
import type { TermSetting } from './forms/base'
import type { TripletSpec } from './forms/pairs'
import { TERMS } from './term-registry'

/** The term of triplets in a loss, as it acts; undefined where there is none. */
export function tripletTerm(terms: readonly TermSetting[]): TermSetting | undefined {
  return terms.find(({ kind }) => specOf(kind) !== undefined)
}

/** @throws {RangeError} when the term is not one of triplets */
export function tripletSpec(kind: string): TripletSpec {
  const spec = specOf(kind)
  if (!spec) throw new RangeError(`the term "${kind}" is not one of triplets`)
  return spec
}

function specOf(kind: string): TripletSpec | undefined {
  const term = TERMS.get(kind)
  return term.form === 'pairs' ? term.triplets : undefined
}

/** Counts the triplets of a batch, with the term's own code; keeps its buffers. */
export class ActingTriplets {
  /** How many had a loss above 0 … */
  acting = 0
  /** … of how many among which the mining chooses. */
  possible = 0
  private readonly watch = new BatchWatch()
  private readonly countOne = (): void => {
    this.acting++
  }

  /** Parameters as of `BatchWatch.setBatch`. */
  count(
    setting: TermSetting,
    points: readonly number[],
    labels: ArrayLike<number>,
    features: Float32Array,
    dimension: number,
  ): void {
    const { watch } = this
    watch.setBatch(setting, points, labels, features, dimension)
    this.acting = 0
    watch.evaluate(setting, this.countOne)
    this.possible = tripletSpec(setting.kind).possible(watch.labels, setting.mining)
  }
}
