import { BATCH_POINTS, stageBatch } from '../geometry/stage-batch'
import { ActingTriplets, tripletTerm } from '../losses/acting-triplets'
import type { TermSetting } from '../losses/forms/base'
import type { StageData } from '../render/stage/stage-data'
import { Series } from './series'

/** The points of a run at one of its steps. */
type Points = Pick<StageData, 'labels' | 'features' | 'dimension'>

/** How many triplets of the batch on the stage acted at each step, all of its classes being shown. */
export class TripletHistory {
  /** How many had a loss above 0 … */
  readonly acting = new Series()
  /** … of how many among which the mining chooses. */
  readonly possible = new Series()
  private batch: readonly number[] = []
  /** Which points the batch was drawn from. */
  private drawnFrom = ''
  private readonly counted = new ActingTriplets()

  /** The points are `count` from now on, from the image `firstImage` on: with another batch the curves begin anew. */
  begin(firstImage: number, count: number): void {
    const from = `${firstImage} ${Math.min(count, BATCH_POINTS)}`
    if (from === this.drawnFrom) return
    this.drawnFrom = from
    this.batch = []
    this.truncate(-1)
  }

  /** Takes all points as they are at a step, with the terms that act there. */
  record(step: number, terms: readonly TermSetting[], { labels, features, dimension }: Points): void {
    const setting = tripletTerm(terms)
    if (!setting) return
    if (this.batch.length === 0) this.batch = stageBatch(labels, labels.length, () => true)
    this.counted.count(setting, this.batch, labels, features, dimension)
    // A run that is only looked at brings many frames of one step.
    this.truncate(step - 1)
    this.acting.push(step, this.counted.acting)
    this.possible.push(step, this.counted.possible)
  }

  /** Forgets everything after `step`. */
  truncate(step: number): void {
    this.acting.truncate(step)
    this.possible.truncate(step)
  }
}
