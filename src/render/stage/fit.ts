import { valueAtRank } from '../../geometry/quantiles'

/** This share of the points lies within … */
const SHARE = 0.98
/** … this part of the stage's radius. */
const PART = 0.95
/** Time constant with which the scale follows, in milliseconds. */
const FOLLOW_MS = 600
/** A change smaller than this (in logarithm) is left alone, so that the scale does not jitter. */
const DEAD_BAND = 0.04
const ARRIVED = 0.002

/** The scale of the raw view: which ‖x‖ lies at the stage's radius. It follows the features slowly. */
export class Fit {
  /** ‖x‖ at the stage's radius. */
  reach = 1
  /** The median ‖x‖. */
  median = 1
  private aim = 1
  private following = false
  private generation = -1
  private scratch = new Float32Array(0)

  /** @param norm ‖x‖ of each point, of which `count` are valid */
  update(norm: Float32Array, count: number, generation: number): void {
    if (count === 0) return
    if (this.scratch.length < norm.length) this.scratch = new Float32Array(norm.length)
    this.scratch.set(norm)
    const most = valueAtRank(this.scratch, SHARE, count)
    if (!(most > 0) || !Number.isFinite(most)) return
    this.median = valueAtRank(this.scratch, 0.5, count)
    this.aim = most / PART
    if (generation !== this.generation) {
      this.generation = generation
      this.reach = this.aim
    }
    if (Math.abs(Math.log(this.aim / this.reach)) > DEAD_BAND) this.following = true
  }

  /** @returns whether the scale still changes */
  advance(ms: number): boolean {
    if (!this.following) return false
    const away = Math.log(this.aim / this.reach)
    this.reach *= Math.exp(away * (1 - Math.exp(-ms / FOLLOW_MS)))
    this.following = Math.abs(away) > ARRIVED
    return this.following
  }

  settle(): void {
    this.reach = this.aim
    this.following = false
  }
}
