import { ticks } from 'd3'
import { CalmExtent, logTicks } from '../../geometry/extent'
import type { Plot, Scale, Ticks } from '../../render/axes'
import { brief, tickFormat } from '../../render/format'
import { linear } from '../common'

/** The axis turns logarithmic when the largest loss is so many times the least, and back below half of it. */
const LOG_FROM = 30
/** A loss of 0 has no logarithm. */
const LEAST_LOSS = 1e-6

export interface Axis {
  readonly scale: Scale
  readonly ticks: Ticks
  readonly log: boolean
}

/** The axis of the loss: from 0, or logarithmic where the loss falls through magnitudes. */
export class LossAxis {
  private readonly extent = new CalmExtent(0.05)
  private readonly logExtent = new CalmExtent(0.5)
  private log = false

  reset(): void {
    this.extent.reset()
    this.logExtent.reset()
    this.log = false
  }

  /** For a loss in [least, most]; what lies outside stays at the edge. */
  follow(least: number, most: number, { top, bottom }: Plot): Axis {
    const ratio = most / Math.max(LEAST_LOSS, least)
    this.log = ratio > (this.log ? LOG_FROM / 2 : LOG_FROM)
    const inside = (y: number): number => Math.max(top, Math.min(bottom, y))
    if (this.log) {
      const logarithm = (loss: number): number => Math.log10(Math.max(LEAST_LOSS, loss))
      const [low, high] = this.logExtent.follow(logarithm(least), logarithm(most))
      const y = linear(low, high, bottom, top)
      const values = logTicks(10 ** low, 10 ** high)
      return { scale: (loss) => inside(y(logarithm(loss))), ticks: { values, format: brief }, log: true }
    }
    const [low, high] = this.extent.follow(0, most)
    const values = ticks(low, high, 3)
    const y = linear(low, high, bottom, top)
    return { scale: (loss) => inside(y(loss)), ticks: { values, format: tickFormat(values) }, log: false }
  }
}
