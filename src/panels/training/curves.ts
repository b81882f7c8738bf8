import { columns, downsample, smooth, type Columns } from '../../geometry/curve'
import type { History, Series } from '../../session/history'

/** The loss is smoothed over this share of the run, but over at least so many steps. */
const SMOOTH_SHARE = 1 / 60
const LEAST_SPAN = 8
/** The start of a run counts little for the scale of the accuracies. */
const START_SHARE = 0.15

/** The curves of a run as a figure some pixels wide can show them, however many steps it has. */
export class TrainingCurves {
  raw: Columns = columns(0)
  smooth: Columns = columns(0)
  train: Columns = columns(0)
  test: Columns = columns(0)
  /** The smoothed loss at each step. */
  smoothed = new Float32Array(0)

  /** Cuts the curves over [0, `to`] steps into `width` columns. */
  update({ loss, trainAccuracy, testAccuracy }: History, width: number, to: number): void {
    if (this.raw.low.length !== width) {
      this.raw = columns(width)
      this.smooth = columns(width)
      this.train = columns(width)
      this.test = columns(width)
    }
    if (this.smoothed.length < loss.length) this.smoothed = new Float32Array(2 * loss.length)
    const span = Math.max(LEAST_SPAN, SMOOTH_SHARE * loss.length)
    smooth(this.smoothed, loss.values, loss.length, span)
    const cut = (into: Columns, { steps, length }: Series, values: Float32Array): void =>
      downsample(into, steps, values, length, 0, to)
    cut(this.raw, loss, loss.values)
    cut(this.smooth, loss, this.smoothed)
    cut(this.train, trainAccuracy, trainAccuracy.values)
    cut(this.test, testAccuracy, testAccuracy.values)
  }

  /** The least accuracy after the start of the run, and 1 when there is none. */
  leastAccuracy(): number {
    let least = 1
    for (const { low } of [this.train, this.test]) {
      for (let i = Math.floor(START_SHARE * low.length); i < low.length; i++) {
        if (low[i]! < least) least = low[i]!
      }
    }
    return least
  }
}

/** The least and the largest number; NaN doesn't count. */
export function extremes({ low, high }: Columns): [number, number] {
  let [least, most] = [Infinity, -Infinity]
  for (let i = 0; i < low.length; i++) {
    if (low[i]! < least) least = low[i]!
    if (high[i]! > most) most = high[i]!
  }
  return [least, most]
}
