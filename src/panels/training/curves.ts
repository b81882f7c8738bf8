import { columnEnds, columnExtremes, smooth, type Extremes } from '../../geometry/curve'
import type { History } from '../../session/history'
import type { Series } from '../../session/series'

/** The loss is smoothed over this share of the run, but over at least so many steps. */
const SMOOTH_SHARE = 1 / 60
const LEAST_SPAN = 8
/** The start of a run counts little for the scale of the accuracies. */
const START_SHARE = 0.15

/** The curves of a run as a figure some pixels wide can show them, however many steps it has. */
export class TrainingCurves {
  raw: Extremes = { low: new Float32Array(0), high: new Float32Array(0) }
  smooth = new Float32Array(0)
  train = new Float32Array(0)
  test = new Float32Array(0)
  /** The smoothed loss at each step. */
  smoothed = new Float32Array(0)

  /** Cuts the curves over [0, `to`] steps into `width` columns. */
  update({ loss, trainAccuracy, testAccuracy }: History, width: number, to: number): void {
    if (this.smooth.length !== width) {
      this.raw = { low: new Float32Array(width), high: new Float32Array(width) }
      this.smooth = new Float32Array(width)
      this.train = new Float32Array(width)
      this.test = new Float32Array(width)
    }
    if (this.smoothed.length < loss.length) this.smoothed = new Float32Array(2 * loss.length)
    const span = Math.max(LEAST_SPAN, SMOOTH_SHARE * loss.length)
    smooth(this.smoothed, loss.values, loss.length, span)
    columnExtremes(this.raw, loss.steps, loss.values, loss.length, to)
    const ends = (into: Float32Array, { steps, length }: Series, values: Float32Array): void =>
      columnEnds(into, steps, values, length, to)
    ends(this.smooth, loss, this.smoothed)
    ends(this.train, trainAccuracy, trainAccuracy.values)
    ends(this.test, testAccuracy, testAccuracy.values)
  }

  /** The least accuracy after the start of the run, and 1 when there is none. */
  leastAccuracy(): number {
    const start = Math.floor(START_SHARE * this.train.length)
    return Math.min(1, extremes(this.train, start)[0], extremes(this.test, start)[0])
  }
}

/** The least and the largest number from `start` on; NaN doesn't count. */
export function extremes(values: Float32Array, start = 0): [number, number] {
  let least = Infinity
  let most = -Infinity
  for (let i = start; i < values.length; i++) {
    if (values[i]! < least) least = values[i]!
    if (values[i]! > most) most = values[i]!
  }
  return [least, most]
}
