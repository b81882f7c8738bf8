/** Frames slower than this look like stutter; faster than the other, there is time to spare. */
const SLOW_MS = 45
const FAST_MS = 20
const LEAST_SCALE = 0.5
const STEP = Math.SQRT1_2
/** A longer gap says nothing about drawing: the page was hidden. */
const LONGEST_MS = 3000
/** So many gaps are looked at: the middle one of five does not notice a hiccup, as when a shader is built. */
const GAPS = 5
/** How long the rest between slow frames is, in frames. */
const REST = 1.5
/** How many fast frames it takes before resolution is tried again. */
const PATIENCE = 90

/**
 * Watches how long frames take where things move. A device that is too slow (often one that draws without a
 * graphics card, on the processor that also trains) gets coarser pixels while things move, and then a rest
 * between frames, so that drawing leaves time for training. At rest everything is drawn in full.
 */
export class Pace {
  /** The part of full resolution to draw with while things move. */
  scale = 1
  private readonly gaps = new Float64Array(GAPS)
  private readonly sorted = new Float64Array(GAPS)
  private frames = 0
  private typical = 0

  /** @param gap milliseconds from one frame to the next, less what was rested between */
  observe(gap: number): void {
    if (gap > LONGEST_MS) return
    this.gaps[this.frames++ % GAPS] = gap
    if (this.frames < GAPS) return
    this.sorted.set(this.gaps)
    this.typical = this.sorted.sort()[GAPS >> 1]!
    if (this.typical > SLOW_MS && this.scale > LEAST_SCALE) this.change(this.scale * STEP)
    else if (this.typical < FAST_MS && this.scale < 1 && this.frames >= PATIENCE)
      this.change(this.scale / STEP)
  }

  get slow(): boolean {
    return this.scale < 1
  }

  /** Milliseconds to wait before the next frame. */
  get rest(): number {
    return this.scale <= LEAST_SCALE && this.typical > SLOW_MS ? REST * this.typical : 0
  }

  private change(scale: number): void {
    this.scale = scale > 0.99 ? 1 : Math.max(LEAST_SCALE, scale)
    this.frames = 0
  }
}
