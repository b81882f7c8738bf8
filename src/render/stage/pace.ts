/** Frames slower than this look like stutter; faster than the other, there is time to spare. */
const SLOW_MS = 45
const FAST_MS = 20
const LEAST_SCALE = 0.5
const STEP = Math.SQRT1_2
/** How many frames are looked at before anything changes, and before it gets better again. */
const PATIENCE = 5
const LONG_PATIENCE = 90
/** A longer gap says nothing about drawing: the page was hidden. */
const LONGEST_MS = 3000
const WEIGHT = 0.3

/**
 * Watches how long frames take where things move. A device that is too slow (often one that draws without a
 * graphics card, on the processor that also trains) gets coarser pixels while things move, and then a rest
 * between frames, so that drawing leaves time for training. At rest everything is drawn in full.
 */
export class Pace {
  /** The part of full resolution to draw with while things move. */
  scale = 1
  private average = 0
  private frames = 0

  /** @param gap milliseconds from one frame to the next, less what was rested between */
  observe(gap: number): void {
    if (gap > LONGEST_MS) return
    this.average = this.frames === 0 ? gap : this.average + WEIGHT * (gap - this.average)
    this.frames++
    if (this.average > SLOW_MS && this.frames >= PATIENCE && this.scale > LEAST_SCALE) {
      this.change(this.scale * STEP)
    } else if (this.average < FAST_MS && this.frames >= LONG_PATIENCE && this.scale < 1) {
      this.change(this.scale / STEP)
    }
  }

  get slow(): boolean {
    return this.scale < 1
  }

  /** Milliseconds to wait before the next frame. */
  get rest(): number {
    return this.scale <= LEAST_SCALE && this.average > SLOW_MS ? this.average : 0
  }

  private change(scale: number): void {
    this.scale = scale > 0.99 ? 1 : Math.max(LEAST_SCALE, scale)
    this.frames = 0
  }
}
