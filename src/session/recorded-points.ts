import { project } from '../geometry/principal-axes'
import type { Recording } from '../io/recording-file'
import { RecordingFileError, type RecordedHead } from '../io/recording-header'
import type { PointModel } from '../render/stage/point-model'
import type { PointData, PointFrame, PointHead } from '../render/stage/stage-data'
import { RecordedPath } from './recorded-path'

/**
 * Points and class vectors of a recorded run, for a stage of these alone. It takes what it needs of the head from the
 * recording's header, so that whoever draws it needs no experiments and no losses.
 */
export class RecordedPoints extends RecordedPath implements PointData {
  readonly generation = 1
  readonly dimension: number
  readonly classes: readonly string[]
  readonly count: number
  readonly positions: Float32Array
  readonly classPositions: Float32Array
  predicted!: Uint16Array
  norm!: Float32Array
  frame!: PointFrame
  head!: PointHead
  step = 0
  private readonly recorded: RecordedHead

  /**
   * @param shown is called when there is something else to be seen
   * @throws {RecordingFileError} where the header says nothing of the head, as in older files
   */
  constructor(
    recording: Recording,
    private readonly shown: () => void,
  ) {
    super(recording)
    const { data, dimension, points, subCenters, head } = recording
    if (!head) throw new RecordingFileError('the header of the file does not say what the head is')
    this.recorded = head
    this.dimension = dimension
    this.classes = data.classes
    this.count = points
    this.positions = new Float32Array(3 * points)
    this.classPositions = new Float32Array(3 * subCenters * data.classes.length)
    this.update(0)
  }

  seek(place: number): void {
    this.update(place)
    this.shown()
  }

  /** Has a stage that shows these, and nothing else, made ready to paint: `ms` later than before, at the time `now`. */
  compose(model: PointModel, ms: number, now?: number): void {
    model.setSettings({ space: 'raw', hiddenClasses: [], focusedClass: null, head: this.head })
    model.updateData()
    model.advance(ms, now)
    model.begin()
    model.addArrows()
  }

  private update(place: number): void {
    const between = this.at(place)
    const { weights, features, step } = between
    const { dimension, axes } = this.recording
    this.step = step
    this.head = this.headAt(place, step)
    this.frame = between
    const { predicted, norm } = this.measure(between, this.head)
    this.predicted = predicted
    this.norm = norm
    project(this.positions, features, this.count, dimension, axes)
    project(this.classPositions, weights, weights.length / dimension, dimension, axes)
  }

  private headAt(place: number, step: number): PointHead {
    const { bias, normalizeWeights, normalizeFeaturesFrom: from, scales } = this.recorded
    const before = scales[Math.floor(place)] ?? scales[0]!
    const after = scales[Math.ceil(place)] ?? scales[0]!
    return {
      bias,
      normalizeWeights,
      normalizeFeatures: from !== null && step >= from,
      scale: before + (place - Math.floor(place)) * (after - before),
    }
  }
}
