import { sleep } from './queue'
import type { Run } from './run'

/** Milliseconds between two frames. */
export const FRAME_MS = 66
/** A run that waits for others looks after this many milliseconds whether it may go on. */
const HELD_MS = 4

/** How fast a run trains, and how far. */
export class Pacing {
  /** Training steps a second; null is as fast as it goes. */
  speed: number | null = null
  /** Where several runs keep pace: training goes no further than here, … */
  private leash = Infinity
  /** … and pauses there, rather than wait for leave to go on. */
  private rests = false

  /** As `Engine.allow`. */
  allow(step: number | null, rest: boolean): void {
    this.leash = step ?? Infinity
    this.rests = rest
  }

  /** Whether others are to know how far the run is. */
  get told(): boolean {
    return this.leash < Infinity
  }

  /** Whether a run may not go on: it waits, or pauses. */
  holds({ step }: Run): 'waits' | 'pauses' | null {
    if (step < this.leash) return null
    return this.rests ? 'pauses' : 'waits'
  }

  /** Training steps until the next frame. */
  stepsOf(run: Run): number {
    const { speed } = this
    const wanted = speed === null ? run.stepsIn(FRAME_MS) : Math.round((speed * this.interval(speed)) / 1000)
    return Math.max(1, Math.min(wanted, run.stepsLeft, this.leash - run.step))
  }

  /** Waits until the frame is due that follows the one that began at `start`. */
  async rest(start: number, run: Run | null): Promise<void> {
    if (!run || this.holds(run)) await sleep(HELD_MS)
    if (this.speed !== null) await sleep(Math.max(0, start + this.interval(this.speed) - performance.now()))
  }

  /** Milliseconds from one frame to the next. */
  private interval(speed: number): number {
    return Math.max(FRAME_MS, 1000 / speed)
  }
}
