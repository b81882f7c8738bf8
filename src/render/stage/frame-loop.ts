import { Pace } from './pace'

/** What goes on after a frame: nothing, a slow motion that may be drawn seldom, or motion. */
export type Motion = 'rest' | 'slow' | 'moving'

/** A slow motion needs no more than 30 frames a second. */
const SLOW_MS = 30
/** The first frame after rest has no time before it. */
const FIRST_MS = 16
const LONGEST_MS = 200

/** Calls for frames while something moves, and not otherwise; not out of sight, and with rests on slow devices. */
export class FrameLoop {
  readonly pace = new Pace()
  private request = 0
  private timer = 0
  /** A frame is asked for, or will be after a rest. */
  private waiting = false
  private rested = 0
  private last = 0
  private motion: Motion = 'rest'
  private dirty = false
  private stopped = false
  private seen = true

  /** @param draw takes milliseconds since the last frame and the time now */
  constructor(private readonly draw: (ms: number, now: number) => Motion) {}

  /** Something changed: draw a frame. */
  wake(): void {
    this.dirty = true
    this.schedule()
  }

  set inSight(seen: boolean) {
    this.seen = seen
    this.wake()
  }

  stop(): void {
    this.stopped = true
    cancelAnimationFrame(this.request)
    clearTimeout(this.timer)
  }

  private schedule(): void {
    if (this.waiting || this.stopped || !this.seen) return
    this.waiting = true
    this.rested = this.motion === 'moving' ? this.pace.rest : 0
    const ask = (): void => {
      this.request = requestAnimationFrame(this.frame)
    }
    if (this.rested > 0) this.timer = window.setTimeout(ask, this.rested)
    else ask()
  }

  private readonly frame = (now: number): void => {
    this.waiting = false
    const passed = now - this.last
    if (!this.dirty && this.motion === 'slow' && passed < SLOW_MS) {
      this.schedule()
      return
    }
    if (this.motion === 'moving') this.pace.observe(passed - this.rested)
    const ms = this.motion === 'rest' ? FIRST_MS : Math.min(LONGEST_MS, passed)
    this.last = now
    this.dirty = false
    this.motion = this.draw(ms, now)
    if (this.motion !== 'rest' || this.dirty) this.schedule()
  }
}
