import type { Tensor1D } from '@tensorflow/tfjs-core'
import type { ImageSet } from '../io/dataset-file'
import type { Trainer } from './trainer'

/** Milliseconds between the ends of two passes while the run plays: more often, nobody could read the results. */
const PAUSE_MS = 3000

/** Features of all identities that are never trained on, all of the same step. */
export interface UnseenFeatures {
  readonly run: number
  readonly step: number
  readonly dimension: number
  /** [unseen · d], in the order of the data set. */
  readonly features: Float32Array
}

/** Images of unseen identities whose features are on their way. */
export interface UnseenObservation {
  readonly features: Tensor1D
  readonly first: number
  readonly count: number
}

/**
 * Looks at the identities that are never trained on, a few at a time beside training. A pass keeps a copy of the
 * weights that it began with: features of different steps can not be compared with each other.
 */
export class UnseenWatch {
  private weights: Tensor1D | null = null
  private step = 0
  private features = new Float32Array(0)
  private cursor = 0
  private lastStep = -1
  private lastEnd = -Infinity

  constructor(
    private readonly trainer: Trainer,
    private readonly data: ImageSet,
  ) {}

  private get count(): number {
    return this.data.unseen?.count ?? 0
  }

  /** Whether there is nothing to say that was not said: everything has been looked at, at this step. */
  get upToDate(): boolean {
    return this.count === 0 || this.lastStep === this.trainer.step
  }

  /** Whether it is time to look at more, while the run plays. */
  get due(): boolean {
    if (this.weights) return true
    return !this.upToDate && performance.now() - this.lastEnd >= PAUSE_MS
  }

  /** Ends a pass that has other weights than the run now has. */
  renew(): void {
    if (this.step !== this.trainer.step) this.dispose()
  }

  /** Begins to look at the next, at most `limit`; `finish` takes their features. */
  begin(limit: number): UnseenObservation {
    const { trainer, count } = this
    if (!this.weights) {
      this.weights = trainer.copyParameters()
      this.step = trainer.step
      this.features = new Float32Array(count * trainer.layout.dimension)
      this.cursor = 0
    }
    const first = this.cursor
    const some = Math.max(1, Math.min(Math.floor(limit), count - first, trainer.evaluationChunk))
    this.cursor += some
    const image = this.data.train + this.data.test + first
    return { features: trainer.features(image, some, this.weights), first, count: some }
  }

  /** @returns all features when these were the last of a pass, else null */
  finish({ first, count }: UnseenObservation, features: Float32Array): Omit<UnseenFeatures, 'run'> | null {
    const { dimension } = this.trainer.layout
    this.features.set(features, first * dimension)
    if (first + count < this.count) return null
    const { step, features: all } = this
    this.dispose()
    this.lastStep = step
    this.lastEnd = performance.now()
    return { step, dimension, features: all }
  }

  dispose(): void {
    this.weights?.dispose()
    this.weights = null
  }
}
