import type { EngineEvents } from './events'
import { joinSteps, type Frame } from './frame'
import type { StepRecord } from './trainer'

/** Frames that may be on their way to the page. */
const MOST_WAITING = 2

/** Sends frames at the rate at which the page takes them; the losses of frames that are dropped are kept. */
export class Reporter {
  private waiting: Promise<void>[] = []
  private unsent: StepRecord | null = null

  constructor(private readonly events: EngineEvents) {}

  /** Sends a frame, or drops it when two are waiting. */
  offer(frame: Frame): void {
    const steps = this.unsent ? joinSteps(this.unsent, frame.steps) : frame.steps
    if (this.waiting.length >= MOST_WAITING) {
      this.unsent = steps
      return
    }
    this.unsent = null
    const sent = this.events.frame({ ...frame, steps }).finally(() => {
      this.waiting = this.waiting.filter((other) => other !== sent)
    })
    this.waiting.push(sent)
  }

  /** Resolves when the next frame will not be dropped. */
  async ready(): Promise<void> {
    while (this.waiting.length >= MOST_WAITING) await Promise.race(this.waiting)
  }

  /** Forgets losses of a run that has ended. */
  reset(): void {
    this.unsent = null
  }
}
