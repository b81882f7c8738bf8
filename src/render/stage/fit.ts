import { tickStep } from 'd3'
import { valueAtRank } from '../../geometry/quantiles'
import type { Sight } from './scene'

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
  take(norm: Float32Array, count: number, generation: number): void {
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

/** The most circles that are drawn. */
export const MOST_RINGS = 12
/** How many circles should be in sight. d3 rounds the step between them up by √2.5 at most: three or more are. */
const RINGS = 4.75

/** Circles of round norms for the raw view. */
export class NormRings {
  /** ‖x‖ of each circle, ascending; the first `count` are valid. */
  readonly norms = new Float32Array(MOST_RINGS)
  count = 0
  step = 0

  /**
   * Circles within the disc and in sight; zooming in makes them closer in norm.
   * @param scale ‖x‖ of a stage unit
   */
  update(scale: number, { nearest, farthest }: Sight, disc: number): void {
    this.count = 0
    const first = scale * nearest
    const last = scale * Math.min(farthest, 0.97 * disc)
    this.step = last > first && last < Infinity ? tickStep(first, last, RINGS) : 0
    if (this.step === 0) return
    for (let k = Math.floor(first / this.step) + 1; k * this.step < last; k++) {
      if (this.count < MOST_RINGS) this.norms[this.count++] = k * this.step
    }
  }
}
