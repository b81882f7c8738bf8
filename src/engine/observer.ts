import type { Tensor1D } from '@tensorflow/tfjs-core'
import { measure } from '../geometry/measure'
import type { ImageSet } from '../io/dataset-file'
import { classifierOf } from './evaluate'
import { selectedImages, type PointSelection, type PointUpdate } from './frame'
import type { Trainer } from './trainer'

/** The share of the time that may go into looking instead of training. */
const LOOKING_SHARE = 0.3
/** However slow the network is, a frame observes this many. */
const LEAST_POINTS = 32

/** Images whose features are on their way. */
export interface Observation {
  readonly features: Tensor1D
  /** Place in the rotation of the first. */
  readonly first: number
  readonly count: number
  /** Index in the data set of the first. */
  readonly image: number
  readonly onStage: boolean
}

/**
 * Looks at a run without stopping it: the points on the stage, and the held-out images that are not among
 * them, pass through the network in rotation, as many at a time as the share of time allows.
 */
export class Observer {
  private cursor = 0
  private right = 0
  private seen = 0
  /** Accuracy in the last complete rotation, and the step at which that ended. */
  test: { readonly step: number; readonly accuracy: number } | null = null

  constructor(
    private readonly trainer: Trainer,
    private readonly data: ImageSet,
    private readonly selection: PointSelection,
  ) {}

  /** How many points are on the stage. */
  get pointCount(): number {
    return selectedImages(this.selection, this.data).count
  }

  /** How many images are in the rotation. */
  get rotation(): number {
    return this.pointCount + this.data.test - this.testPoints
  }

  /** Index of the image of the first point. */
  private get firstImage(): number {
    return selectedImages(this.selection, this.data).first
  }

  /** How many of the points are held-out images: the first of those, in their order. */
  private get testPoints(): number {
    return Math.max(0, this.firstImage + this.pointCount - this.data.train)
  }

  /**
   * How many images may be looked at in a frame of `ms` milliseconds, when a training step of `batch` images
   * takes `stepMs`: looking is a forward pass, which is a third of a step.
   */
  allowance(ms: number, stepMs: number, batch: number): number {
    return Math.max(LEAST_POINTS, Math.floor((LOOKING_SHARE * ms * 3 * batch) / stepMs))
  }

  /** Starts the rotation anew, so that one turn of it shows everything at the present step. */
  rewind(): void {
    Object.assign(this, { cursor: 0, right: 0, seen: 0 })
  }

  /** Begins to look at the next of the rotation, at most `limit`; `finish` takes their features. */
  begin(limit: number): Observation {
    const first = this.cursor
    const onStage = first < this.pointCount
    const { train } = this.data
    const image = onStage ? this.firstImage + first : train + this.testPoints + (first - this.pointCount)
    const toEnd = (onStage ? this.pointCount : this.rotation) - first
    // A look is at training or held-out images, not both, as only the latter count for the accuracy.
    const toSplit = image < train ? train - image : Infinity
    const count = Math.min(limit, toEnd, toSplit, this.trainer.evaluationChunk)
    this.cursor = (first + count) % this.rotation
    return { features: this.trainer.features(image, count), first, count, image, onStage }
  }

  /** @returns the update of the stage, or null if these images are not on it. */
  finish(
    observation: Observation,
    features: Float32Array,
    weights: Float32Array,
    bias: Float32Array,
  ): PointUpdate | null {
    const { image, count, first } = observation
    const labels = this.data.labels.subarray(image, image + count)
    const classifier = classifierOf(this.trainer, weights, bias)
    const measures = measure(features, labels, this.trainer.layout.dimension, classifier)
    if (image >= this.data.train) this.count(measures.predicted, labels)
    return observation.onStage ? { selection: this.selection, first, features, measures } : null
  }

  private count(predicted: Uint16Array, labels: Uint8Array): void {
    for (let i = 0; i < labels.length; i++) if (predicted[i] === labels[i]) this.right++
    this.seen += labels.length
    if (this.seen < this.data.test) return
    this.test = { step: this.trainer.step, accuracy: this.right / this.seen }
    this.right = this.seen = 0
  }
}
