import type { ImageSet } from '../io/dataset-file'
import { reasonOf } from '../io/reason'
import { MissingFileError } from './data-loader'
import { diagnoseDivergence } from './diagnose'
import type { EngineEvents } from './events'
import { joinSteps, type Frame } from './frame'
import type { Run } from './run'
import type { StepRecord } from './read-out'

/** Frames that may be on their way to the page. */
const MOST_WAITING = 2

/**
 * Reports on a run. Sends frames at the rate at which the page takes them; the losses of dropped frames are kept.
 */
export class Reporter {
  private waiting: Promise<void>[] = []
  private unsent: StepRecord | null = null
  private toldData: ImageSet | null = null

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

  /** Tells which run it is, and its images where they are others than before. */
  reportRun({ data, number, experiment, parameterCount, step }: Run): void {
    if (data !== this.toldData) this.events.data(data)
    this.toldData = data
    this.events.run({ run: number, experiment, parameterCount, step })
  }

  /** Tells that a run has diverged, and why it may have. */
  reportDivergence({ step, lastGood, experiment, head, changes }: Run): void {
    const cause = diagnoseDivergence(experiment, head, step, changes)
    this.events.status({ kind: 'diverged', step, lastGood: lastGood?.step ?? 0, cause })
  }

  reportFailure(error: unknown): void {
    const missing = error instanceof MissingFileError && { missing: error.file }
    this.events.status({ kind: 'failed', message: reasonOf(error), ...missing })
  }

  /** Forgets losses of a run that has ended. */
  reset(): void {
    this.unsent = null
  }
}
