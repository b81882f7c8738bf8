import { project } from '../geometry/principal-axes'
import { selectedImages, type Frame, type PointSelection } from '../engine/frame'
import type { Verification } from '../geometry/verification'
import type { ImageSet } from '../io/dataset-file'
import type { Measures } from '../geometry/measure'
import { BATCH_POINTS } from '../geometry/stage-batch'
import { TERMS } from '../losses/term-registry'
import { statesByKind } from '../losses/term-states'
import type { ShownState } from '../render/stage/stage-data'
import { History } from './history'

const NO_CLASSES: readonly string[] = []

let generations = 0

/** A number that no other points have, of whatever view. */
export const nextGeneration = (): number => ++generations

/** Features and measures of one or more images. */
export interface Evaluation {
  readonly features: Float32Array
  readonly measures: Measures
}

/** A point that is shown as another picture than its own, and what its own gives at the same step. */
export interface Substitute extends Evaluation {
  readonly point: number
  readonly pixels: Uint8Array
  readonly original: Evaluation
}

/** Features to verify: of identities that the network was not trained on, or of embeddings from elsewhere. */
export interface VerificationSource {
  /** [n · d] */
  readonly features: Float32Array
  readonly dimension: number
  /** The identity of each of the n. */
  readonly labels: ArrayLike<number>
  /** What identities are called, by label. */
  readonly names: readonly string[]
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
 * What there is to see of a run: plain arrays, replaced in part by each frame, outside of React.
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
  /** What each term carries, and where its centres are shown. */
  states: readonly ShownState[] = []
  substitute: Substitute | null = null
  /** Comes now and then, while it is watched. */
  verification: VerificationView | null = null
  private selection: PointSelection = { split: 'test', count: 0 }
  /** Another number when a new run begins, other points are chosen or it is another view: what depends on the points
   * must start anew. */
  generation = nextGeneration()
  private readonly listeners = new Set<() => void>()

  get classes(): readonly string[] {
    return this.data?.classes ?? NO_CLASSES
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
    history.first.begin(first, count, dimension)
    history.triplets.begin(first, count)
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
    this.states = []
    this.substitute = null
    this.generation = nextGeneration()
    this.changed()
  }

  /** Takes a frame; one of other features or classes than those that are shown is passed over. */
  receive(frame: Frame): void {
    if (!this.fits(frame)) return
    const { points } = frame
    this.frame = frame
    this.history.record(frame)
    if (points && this.expects(frame)) {
      const { first, features, measures } = points
      this.write(first, { features, measures })
      this.history.first.record(frame.step, first, features)
      this.count = Math.max(this.count, first + measures.norm.length)
      if (this.substitute) this.write(this.substitute.point, this.substitute)
      // Not while points are missing that the batch may have.
      const enough = this.count >= Math.min(BATCH_POINTS, this.labels.length)
      if (enough) this.history.triplets.record(frame.step, frame.terms, this)
    }
    const { axes } = frame
    project(this.positions, this.features, this.count, this.dimension, axes)
    const vectors = frame.weights.length / this.dimension
    if (this.classPositions.length !== 3 * vectors) this.classPositions = new Float32Array(3 * vectors)
    project(this.classPositions, frame.weights, vectors, this.dimension, axes)
    this.takeStates(frame)
    this.changed()
  }

  /** Shows a point as another picture; null shows all as they are. */
  replacePoint(next: Substitute | null): void {
    const before = this.substitute
    if (before) this.write(before.point, before.original)
    this.substitute = next
    if (next) this.write(next.point, next)
    if (this.frame) project(this.positions, this.features, this.count, this.dimension, this.frame.axes)
    this.changed()
  }

  /** Writes one or more rows, from `point` on. */
  private write(point: number, { features, measures }: Evaluation): void {
    this.features.set(features, point * this.dimension)
    this.predicted.set(measures.predicted, point)
    this.targetAngle.set(measures.targetAngle, point)
    this.otherAngle.set(measures.otherAngle, point)
    this.otherClass.set(measures.otherClass, point)
    this.norm.set(measures.norm, point)
  }

  private takeStates({ terms, termStates, axes }: Frame): void {
    const { dimension } = this
    const classes = this.classes.length
    const states = statesByKind(terms, termStates, { classes, dimension })
    this.states = [...states].map(([kind, values], i) => {
      const length = TERMS.get(kind).form === 'centers' ? 3 * classes : 0
      const before = this.states[i]?.positions
      const positions = before?.length === length ? before : new Float32Array(length)
      if (length > 0) project(positions, values, classes, dimension, axes)
      return { kind, values, positions }
    })
  }

  private fits({ dimension, bias }: Frame): boolean {
    return dimension === this.dimension && (!this.data || bias.length === this.classes.length)
  }

  /** Whether a frame's points are those on the stage; some may be on their way while others are chosen. */
  private expects({ points }: Frame): boolean {
    const { split, count } = this.selection
    return points?.selection.split === split && points.selection.count === count
  }

  changed(): void {
    for (const listener of this.listeners) listener()
  }
}

/** Of several images that were evaluated together, image `i`. */
export function oneOf({ features, measures }: Evaluation, i: number): Evaluation {
  const d = features.length / measures.norm.length
  return {
    features: features.slice(i * d, (i + 1) * d),
    measures: {
      predicted: measures.predicted.slice(i, i + 1),
      targetAngle: measures.targetAngle.slice(i, i + 1),
      otherAngle: measures.otherAngle.slice(i, i + 1),
      otherClass: measures.otherClass.slice(i, i + 1),
      norm: measures.norm.slice(i, i + 1),
    },
  }
}
