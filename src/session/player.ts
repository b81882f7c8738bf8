import type { AnimationFrames } from './environment'
import type { RecordedPath } from './recorded-path'

/** At speed 1: a recording of 100 keyframes takes 12 seconds. */
const KEYFRAMES_PER_SECOND = 8
/** Milliseconds between two frames: the stage itself glides from one to the next. */
const FRAME_MS = 30
/** After a longer break, as when the page was hidden, it goes on where it was. */
const LONGEST_MS = 250

const keyframesIn = (ms: number): number => (ms / 1000) * KEYFRAMES_PER_SECOND

/** Plays one recorded run, or several side by side, from one place to the next. */
export class Player {
  /** Times as fast. */
  speed = 1
  /** Whether shapes between keyframes are shown; without, it goes from one keyframe to the next. */
  smooth = true
  /**
   * For how many milliseconds another player of this recording has been playing it; while it says so, and nobody
   * pauses or seeks, this one is there.
   */
  leader: (() => number | null) | null = null
  private place = 0
  private request = 0
  private due = 0
  private before = 0
  private runs: readonly [RecordedPath, ...RecordedPath[]]

  /**
   * @param runs with the same keyframes
   * @param frames at which it moves on
   * @param changed is told when it begins to play or holds, and when it comes to its end or leaves it
   */
  constructor(
    runs: readonly [RecordedPath, ...RecordedPath[]],
    private readonly frames: AnimationFrames,
    private readonly changed: () => void,
  ) {
    this.runs = runs
  }

  get playing(): boolean {
    return this.request !== 0
  }

  get ended(): boolean {
    return this.place >= this.first.last
  }

  get step(): number {
    return this.first.step
  }

  /** Training steps in all. */
  get steps(): number {
    return this.first.steps
  }

  get epochs(): number {
    return this.first.epochs
  }

  play(): void {
    if (this.playing || this.ended) return
    this.before = performance.now()
    this.request = this.frames.request(this.tick)
    this.changed()
  }

  pause(): void {
    this.leader = null
    if (!this.playing) return
    this.frames.cancel(this.request)
    this.request = 0
    this.changed()
  }

  /** Goes to a training step. */
  seekStep(step: number): void {
    this.seek(this.first.placeOf(step))
  }

  seekEpoch(epoch: number): void {
    this.seekStep(this.first.stepOf(epoch))
  }

  /** Goes `by` keyframes on, from one to another. */
  move(by: number): void {
    this.seek(by > 0 ? Math.floor(this.place) + by : Math.ceil(this.place) + by)
  }

  /** Goes to a place, counted in keyframes. */
  seek(place: number): void {
    this.leader = null
    const { ended } = this
    this.place = Math.max(0, Math.min(this.first.last, place))
    this.seekRuns()
    if (this.ended) this.pause()
    if (this.ended !== ended) this.changed()
  }

  /** Plays on without one of the runs; the last one stays. */
  drop(run: RecordedPath): void {
    const [first, ...others] = this.runs.filter((each) => each !== run)
    if (first) this.runs = [first, ...others]
  }

  private get first(): RecordedPath {
    return this.runs[0]
  }

  private readonly tick = (now: number): void => {
    const passed = Math.max(0, Math.min(LONGEST_MS, now - this.before))
    this.before = now
    const led = this.leader?.() ?? null
    const place = led === null ? this.place + keyframesIn(passed) * this.speed : keyframesIn(led)
    this.place = Math.min(this.first.last, place)
    if (now >= this.due || this.ended) {
      this.due = now + FRAME_MS
      this.seekRuns()
    }
    this.request = this.ended ? 0 : this.frames.request(this.tick)
    if (this.ended) this.changed()
  }

  private seekRuns(): void {
    const place = this.smooth ? this.place : Math.floor(this.place)
    for (const run of this.runs) run.seek(place)
  }
}
