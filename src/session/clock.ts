/** A run that the clock can hold. */
export interface Paced {
  /** The training step that it has come to. */
  readonly step: number
  /** Steps that it could train in a second; null while that is not known. */
  readonly speed: number | null
  /** Whether it takes part: one that has diverged, failed or ended holds up no other. */
  readonly going: boolean
  allow(step: number | null, rest?: boolean): void
}

/** Runs may be as far apart as the slowest comes in this time, in seconds: about two frames. */
const SLACK_SECONDS = 0.15
const LEAST_SLACK = 2
const MOST_SLACK = 64

/** Keeps runs together: each may go only a little further than the one that is behind. */
export class Clock {
  private resting = false
  private allowed = 0

  constructor(private readonly runs: () => readonly Paced[]) {}

  /** From now on the runs may go on. */
  start(): void {
    this.resting = false
    this.allowed = 0
    this.follow()
  }

  /** All go on to one step and pause there. @returns false where that was asked for already */
  rest(): boolean {
    if (this.resting) return false
    this.resting = true
    const steps = this.going().map(({ step }) => step)
    // None may have gone further than it was allowed to, whatever is known of it.
    const end = Math.max(this.allowed, ...steps)
    for (const run of this.runs()) run.allow(end, true)
    return true
  }

  /** A run has come further, or does not take part any more. */
  follow(): void {
    if (this.resting) return
    const going = this.going()
    if (going.length === 0) return
    const allowed = Math.min(...going.map(({ step }) => step)) + this.slack(going)
    if (allowed <= this.allowed) return
    this.allowed = allowed
    for (const run of this.runs()) run.allow(allowed)
  }

  private going(): readonly Paced[] {
    return this.runs().filter(({ going }) => going)
  }

  private slack(runs: readonly Paced[]): number {
    const slowest = Math.min(...runs.map(({ speed }) => speed ?? 0))
    return Math.min(MOST_SLACK, Math.max(LEAST_SLACK, Math.round(SLACK_SECONDS * slowest)))
  }
}
