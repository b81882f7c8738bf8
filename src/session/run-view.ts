import { selectedImages, type Frame, type PointSelection } from '../engine/frame'
import type { Verification } from '../geometry/verification'
import type { ImageSet } from '../io/dataset-file'
import { History } from './history'

/** Features of identities that the network was not trained on. */
export interface VerificationSource {
  /** [n · d] */
  readonly features: Float32Array
  readonly dimension: number
  /** The identity of each of the n. */
  readonly labels: ArrayLike<number>
  /** Index in the data set of the first one's picture, the others follow; null where there are no pictures. */
  readonly firstImage: number | null
  /** The run and step that they are of; null where they come from elsewhere. */
  readonly run: number | null
  readonly step: number | null
}

/** How well features tell identities apart; the result is null where nothing can be said. */
export interface VerificationView {
  readonly source: VerificationSource
  readonly result: Verification | null
}

/**
 * What there is to see of the present run: plain arrays, replaced in part by each frame, outside of React.
 * Panels and the stage subscribe and draw from here on the next animation frame.
 */
export class RunView {
  data: ImageSet | null = null
  frame: Frame | null = null
  history = new History()
  /** Number of features, d. */
  dimension = 2
  /** Points on the stage; arrays below are valid up to here. */
  count = 0
  /** Index of each point's image in the data set. */
  images = new Int32Array(0)
  labels: Uint8Array = new Uint8Array(0)
  /** count × d, as the network gives them. */
  features = new Float32Array(0)
  /** count × 3: the features themselves in 2-D (with z = 0) and 3-D, else along the principal axes. */
  positions = new Float32Array(0)
  predicted = new Uint16Array(0)
  targetAngle = new Float32Array(0)
  otherAngle = new Float32Array(0)
  otherClass = new Uint16Array(0)
  norm = new Float32Array(0)
  /** classes × K × 3: where the class vectors are shown. */
  classPositions = new Float32Array(0)
  /** classes × 3: where the centres of center loss are shown; empty while there are none. */
  centerPositions = new Float32Array(0)
  /** Comes now and then, while it is watched. */
  verification: VerificationView | null = null
  private selection: PointSelection = { split: 'test', count: 0 }
  /** How often a new run began, or other points were chosen: what depends on the points must start anew. */
  generation = 0
  private readonly listeners = new Set<() => void>()

  get classes(): readonly string[] {
    return this.data?.classes ?? []
  }

  /** Calls `listener` after each change, until the returned function is called. */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Makes room for the points of a run. Its history begins anew unless `history` is kept. */
  reset(selection: PointSelection, dimension: number, history: History): void {
    const { data } = this
    const { first, count } = data ? selectedImages(selection, data) : { first: 0, count: selection.count }
    this.selection = selection
    this.count = 0
    this.frame = null
    this.history = history
    this.dimension = dimension
    this.images = Int32Array.from({ length: count }, (_, i) => first + i)
    this.labels = data ? data.labels.subarray(first, first + count) : new Uint8Array(count)
    this.features = new Float32Array(count * dimension)
    this.positions = new Float32Array(count * 3)
    this.predicted = new Uint16Array(count)
    this.targetAngle = new Float32Array(count)
    this.otherAngle = new Float32Array(count)
    this.otherClass = new Uint16Array(count)
    this.norm = new Float32Array(count)
    this.classPositions = new Float32Array(0)
    this.centerPositions = new Float32Array(0)
    this.generation++
    this.changed()
  }

  take(frame: Frame): void {
    const { points } = frame
    this.frame = frame
    this.history.take(frame)
    if (points && this.expects(frame)) {
      const { first, features, measures } = points
      this.features.set(features, first * this.dimension)
      this.predicted.set(measures.predicted, first)
      this.targetAngle.set(measures.targetAngle, first)
      this.otherAngle.set(measures.otherAngle, first)
      this.otherClass.set(measures.otherClass, first)
      this.norm.set(measures.norm, first)
      this.count = Math.max(this.count, first + measures.norm.length)
    }
    project(this.positions, this.features, this.count, frame)
    const vectors = frame.weights.length / this.dimension
    if (this.classPositions.length !== 3 * vectors) this.classPositions = new Float32Array(3 * vectors)
    project(this.classPositions, frame.weights, vectors, frame)
    this.takeCenters(frame)
    this.changed()
  }

  private takeCenters(frame: Frame): void {
    const size = frame.centers ? 3 * this.classes.length : 0
    if (this.centerPositions.length !== size) this.centerPositions = new Float32Array(size)
    if (frame.centers) project(this.centerPositions, frame.centers, this.classes.length, frame)
  }

  /** Whether a frame's points are those on the stage; some may be on their way while others are chosen. */
  private expects({ points, dimension }: Frame): boolean {
    const { split, count } = this.selection
    return (
      dimension === this.dimension && points?.selection.split === split && points.selection.count === count
    )
  }

  changed(): void {
    for (const listener of this.listeners) listener()
  }
}

/** Rows of `from`, d numbers each, to where they are shown. */
function project(to: Float32Array, from: Float32Array, count: number, { dimension: d, axes }: Frame): void {
  for (let i = 0; i < count; i++) {
    for (let a = 0; a < 3; a++) {
      let value = 0
      if (axes) for (let k = 0; k < d; k++) value += from[i * d + k]! * axes[a * d + k]!
      else if (a < d) value = from[i * d + a]!
      to[3 * i + a] = value
    }
  }
}
