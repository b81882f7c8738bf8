import type { Frame } from '../engine/frame'
import { headStates, sameStates, type StatefulHead } from '../losses/head-states'
import { FirstFeatures } from './first-features'
import { Series } from './series'
import { TripletHistory } from './triplet-history'

/** A change that the user made, at the step at which it took effect. */
export interface Mark {
  readonly step: number
  readonly text: string
}

/** How a run went: its curves, and the marks of what the user changed. */
export class History {
  /** Loss of each training batch. */
  readonly loss = new Series()
  /** Accuracy on training batches, smoothed over about the last hundred. */
  readonly trainAccuracy = new Series()
  /** Accuracy on held-out images, whenever all were looked at. */
  readonly testAccuracy = new Series()
  readonly marks: Mark[] = []
  /** How its points were at first. */
  readonly first = new FirstFeatures()
  /** Where the loss has a triplet term: how many triplets acted. */
  readonly triplets = new TripletHistory()
  /** What the head carries from step to step, one curve for each of its states. */
  states: readonly Series[] = []
  /** The head that these are of. */
  private stateHead: StatefulHead | null = null

  record({
    step,
    steps,
    test,
    head,
    carried,
  }: Pick<Frame, 'step' | 'steps' | 'test' | 'head' | 'carried'>): void {
    // Steps that were trained again after a roll-back take the place of the old ones.
    this.truncate(steps.firstStep)
    this.recordStates(step, head, carried.states)
    steps.losses.forEach((loss, i) => {
      const step = steps.firstStep + i + 1
      this.loss.push(step, loss)
      const before = this.trainAccuracy.last
      const now = steps.accuracies[i]!
      this.trainAccuracy.push(step, before === null ? now : before + (now - before) / Math.min(100, step))
    })
    const last = this.testAccuracy.length > 0 ? this.testAccuracy.steps[this.testAccuracy.length - 1]! : -1
    if (test && test.step > last) this.testAccuracy.push(test.step, test.accuracy)
  }

  /** Forgets everything after `step`. */
  truncate(step: number): void {
    this.loss.truncate(step)
    this.trainAccuracy.truncate(step)
    this.testAccuracy.truncate(step)
    for (const series of this.states) series.truncate(step)
    this.triplets.truncate(step)
    while (this.marks.length > 0 && this.marks[this.marks.length - 1]!.step > step) this.marks.pop()
  }

  private recordStates(step: number, head: StatefulHead, values: Float32Array): void {
    // To another margin function or loss the same numbers mean something else.
    if (!this.stateHead || !sameStates(head, this.stateHead)) {
      this.states = headStates(head).all.map(() => new Series())
    }
    this.stateHead = head
    // A state may overflow before it acts: there is no place on a curve for that.
    if (!this.states.every((_, k) => Number.isFinite(values[k]!))) return
    this.states.forEach((series, k) => {
      // A run that is only looked at brings many frames of one step.
      series.truncate(step - 1)
      series.push(step, values[k]!)
    })
  }
}
