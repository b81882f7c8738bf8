import { parseExperiment, type Experiment } from '../../src/engine/config'
import type { EngineEvents } from '../../src/engine/events'
import type { AnimationFrames, EnginePort, Environment, VerifyHelper } from '../../src/session/environment'
import type { ImageSet } from '../../src/io/dataset-file'
import type { Recording } from '../../src/io/recording-file'

/** Animation frames that come when a test says so. */
export class FakeFrames implements AnimationFrames {
  private waiting: ((now: number) => void)[] = []
  private now = performance.now()

  request(callback: (now: number) => void): number {
    return this.waiting.push(callback)
  }

  cancel(): void {
    this.waiting = []
  }

  /** The next one, after so many milliseconds. */
  pass(ms: number): void {
    this.now += ms
    for (const callback of this.waiting.splice(0)) callback(this.now)
  }
}

/** An engine that trains nothing: it says that it runs what it is asked to open, and keeps what it is asked. */
export class FakeEngine {
  readonly requests: string[] = []
  ended = false
  private run = 0

  /** @param images that its runs are on */
  constructor(
    readonly events: EngineEvents,
    private readonly images: ImageSet | null,
  ) {}

  /** Tells that a run of the experiment has begun. */
  begin(experiment: Experiment, step = 0): void {
    this.events.backend({ current: 'cpu', choice: 'auto', measures: [], gpu: null })
    if (this.images) this.events.data(this.images)
    this.events.run({ run: ++this.run, experiment, parameterCount: 1, step })
    this.events.status({ kind: 'paused' })
  }

  readonly port: EnginePort = {
    open: (experiment, resumed) => {
      this.requests.push(`open seed ${experiment.seed}`)
      this.begin(experiment, resumed?.step)
      return Promise.resolve()
    },
    update: this.note('update'),
    provide: this.note('provide'),
    play: () => {
      this.requests.push('play')
      this.events.status({ kind: 'playing' })
      return Promise.resolve()
    },
    pause: () => {
      this.requests.push('pause')
      this.events.status({ kind: 'paused' })
      return Promise.resolve()
    },
    stepOnce: this.note('stepOnce'),
    rollBack: this.note('rollBack'),
    allow: this.note('allow'),
    select: this.note('select'),
    setSpeed: this.note('setSpeed'),
    chooseBackend: this.note('chooseBackend'),
    watchUnseen: this.note('watchUnseen'),
    evaluate: () => Promise.resolve(null),
  }

  private note(request: string): () => Promise<void> {
    return () => {
      this.requests.push(request)
      return Promise.resolve()
    }
  }
}

/** An environment of a session in a test, with all engines that were started. */
export class FakeEnvironment implements Environment {
  readonly engines: FakeEngine[] = []
  readonly frames = new FakeFrames()
  /** Recorded runs that there are, by their ids. */
  readonly recordings = new Map<string, Recording>()
  still = false
  images: ImageSet | null = null

  startEngine(events: EngineEvents, _failed?: (reason: string) => void) {
    const engine = new FakeEngine(events, this.images)
    this.engines.push(engine)
    return {
      engine: Promise.resolve(engine.port),
      end: () => {
        engine.ended = true
      },
    }
  }

  startVerifying(_failed?: (reason: string) => void): VerifyHelper {
    return { verify: () => Promise.resolve(null), end: () => undefined }
  }

  startReading() {
    const reason = 'nothing can be read here'
    return { read: () => Promise.resolve({ kind: 'refused', reason } as const), end: () => undefined }
  }

  loadRecording({ id }: { readonly id: string }): Promise<Recording> {
    const recording = this.recordings.get(id)
    return recording ? Promise.resolve(recording) : Promise.reject(new Error(`there is no ${id}`))
  }

  painted(): Promise<void> {
    return Promise.resolve()
  }

  littleMotion(): boolean {
    return this.still
  }

  playedFor(): number | null {
    return null
  }

  pointsDrawn(): Promise<void> {
    return Promise.resolve()
  }
}

/** When everything that was asked for so far has been answered. */
export const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))

/** An experiment that is told apart by its seed. */
export const seeded = (seed: number): Experiment => parseExperiment({ seed })
