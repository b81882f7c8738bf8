import { tickStep } from 'd3'

/** How far from the origin the stage is seen, in stage units. */
export interface Sight {
  nearest: number
  farthest: number
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
