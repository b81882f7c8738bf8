import { parseExperiment } from '../engine/config'
import { Engine as Live } from '../engine/engine'
import { checkedBackend, type BackendName } from './backend-name'
import type { Experiment, ExperimentInput } from './experiment'
import { nodeAssets } from './package-assets'

/** What an engine does now; a run that has diverged goes on after `rollBack`. */
export type EngineStatus =
  | { readonly kind: 'loading'; readonly what: string; readonly fraction: number | null }
  | { readonly kind: 'measuring' | 'paused' | 'playing' | 'finished' }
  | { readonly kind: 'diverged'; readonly step: number; readonly lastGood: number; readonly cause: string }
  | { readonly kind: 'failed'; readonly message: string }

/** What there is to see of a run at one moment. n classes, K vectors of each, d features. */
export interface Frame {
  readonly step: number
  readonly epochs: number
  /** 1 when the planned run has passed. */
  readonly progress: number
  readonly rate: number
  readonly dimension: number
  /** [n · K · d], class by class. */
  readonly weights: Float32Array
  /** [n] */
  readonly bias: Float32Array
  /** Loss and accuracy of the training batches since the last frame. */
  readonly steps: {
    readonly firstStep: number
    readonly losses: Float32Array
    readonly accuracies: Float32Array
  }
  /** Fresh values of some of the images that are looked at; null where there are none. */
  readonly points: {
    /** The place of the first of them. */
    readonly first: number
    /** Row by row, d numbers each. */
    readonly features: Float32Array
    /** Angles in radians. */
    readonly measures: {
      readonly predicted: Uint16Array
      readonly targetAngle: Float32Array
      readonly otherAngle: Float32Array
      readonly otherClass: Uint16Array
      readonly norm: Float32Array
    }
  } | null
  /** Accuracy on the held-out images, when they were last all looked at. */
  readonly test: { readonly step: number; readonly accuracy: number } | null
  readonly stepsPerSecond: number | null
}

/** Everything that is needed to go on with a run where it was. */
export interface Checkpoint {
  readonly step: number
  readonly epoch: number
  readonly position: number
  /** The head that the parameters are of. */
  readonly head?: {
    readonly margin: { readonly kind: string }
    readonly loss: { readonly kind: string }
  }
  readonly parameters: Float32Array
  readonly moments: Float32Array
}

/** What an engine tells; leave out what you do not need. */
export interface EngineEvents {
  /** Some fifteen times a second while it plays. The next ones wait for the promise, where there is one. */
  frame?(frame: Frame): void | Promise<void>
  status?(status: EngineStatus): void
  /** A run begins, or changes. */
  run?(info: {
    readonly run: number
    readonly experiment: Experiment
    readonly parameterCount: number
    readonly step: number
  }): void
  backend?(info: { readonly current: BackendName; readonly choice: BackendName | 'auto' }): void
  /** Every few seconds. */
  checkpoint?(checkpoint: Checkpoint): void
  notice?(message: string): void
}

/** Trains one experiment at a time, lives through changes of it, and tells what there is to see. */
export class Engine {
  private readonly live: Live

  constructor(events: EngineEvents = {}) {
    this.live = new Live(nodeAssets, {
      frame: async (frame) => events.frame?.(frame),
      status: (status) => events.status?.(status),
      run: (info) => events.run?.(info),
      backend: (info) => events.backend?.(info),
      checkpoint: (checkpoint) => events.checkpoint?.(checkpoint),
      notice: (message) => events.notice?.(message),
      data: () => undefined,
      reached: () => undefined,
      unseen: () => undefined,
    })
  }

  /**
   * Starts a run, or goes on from a checkpoint of the same experiment. It waits for `play` or `stepOnce`.
   * @throws {Error} with name "ConfigError" when the experiment is not valid
   */
  open(experiment: ExperimentInput, checkpoint: Checkpoint | null = null): Promise<void> {
    return this.live.open(parseExperiment(experiment), checkpoint)
  }

  /** Trains on and on, until `pause`, the end of the plan, or a loss that is no number. */
  play(): void {
    this.live.play()
  }

  pause(): Promise<void> {
    return this.live.pause()
  }

  /** One training step, then a look at everything. */
  stepOnce(): Promise<void> {
    return this.live.stepOnce()
  }

  /** Changes the experiment: at the next step where its variables keep their shapes, else with a new run. */
  update(experiment: ExperimentInput): Promise<void> {
    return this.live.update(parseExperiment(experiment), 'a change')
  }

  /** Which images frames show: at most `count`, from the start of a part of the data. */
  select(selection: { readonly split: 'train' | 'test' | 'all'; readonly count: number }): Promise<void> {
    return this.live.select(selection)
  }

  /** Training steps a second; null is as fast as it goes. */
  setSpeed(stepsPerSecond: number | null): void {
    this.live.setSpeed(stepsPerSecond)
  }

  /**
   * 'auto' measures and takes the fastest; that is also what it does unasked.
   * @throws {RangeError} when there is no backend of that name
   */
  async chooseBackend(choice: BackendName | 'auto'): Promise<void> {
    await this.live.chooseBackend(choice === 'auto' ? choice : checkedBackend(choice))
  }

  /** Goes back to the last good weights after a divergence. */
  rollBack(): Promise<void> {
    return this.live.rollBack()
  }

  /** Ends the run and frees its memory, once what is under way has ended. Nothing else may be asked of it then. */
  dispose(): Promise<void> {
    return this.live.dispose()
  }
}
