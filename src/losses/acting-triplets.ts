import { PairWatch, pairTerm } from './pair-watch'
import type { TermSetting } from './forms/base'

/** The triplet term of a loss, as it acts; undefined where there is none. */
export function tripletTerm(terms: readonly TermSetting[]): TermSetting | undefined {
  return terms.find(({ kind }) => kind === 'triplet')
}

/** Counts the triplets of a batch, with the term's own code; keeps its buffers. */
export class ActingTriplets {
  /** How many had a loss above 0 … */
  acting = 0
  /** … of how many among which the mining chooses. */
  possible = 0
  private readonly watch = new PairWatch()
  private readonly countOne = (): void => {
    this.acting++
  }

  /** Parameters as of `PairWatch.look`. */
  count(
    setting: TermSetting,
    points: readonly number[],
    labels: ArrayLike<number>,
    features: Float32Array,
    dimension: number,
  ): void {
    const { watch } = this
    watch.look(setting, points, labels, features, dimension)
    this.acting = 0
    watch.evaluate(setting, this.countOne)
    this.possible = pairTerm(setting.kind).acting.possible!(watch.labels, setting.mining)
  }
}
