import { stepsPerEpoch } from '../engine/batches'
import { emptyMeasures, measure, type Measures } from '../geometry/measure'
import type { Keyframe, Recording } from '../io/recording-file'
import type { PointHead } from '../render/stage/stage-data'

/**
 * The way from a recording's first keyframe to its last. Places on it are counted in keyframes: 3.25 is a quarter of
 * the way from the fourth to the fifth. Nothing is allocated for points from place to place.
 */
export abstract class RecordedPath {
  readonly labels: Uint8Array
  protected readonly stepsPerEpoch: number
  private readonly between: Keyframe
  private readonly measures: Measures

  constructor(protected readonly recording: Recording) {
    const { data, points, keyframes, batch } = recording
    this.labels = data.labels.subarray(data.train, data.train + points)
    this.measures = emptyMeasures(points)
    this.stepsPerEpoch = stepsPerEpoch(data.train, batch)
    this.between = copyOf(keyframes[0]!)
  }

  /** The step that is shown. */
  abstract get step(): number

  /** Shows the run at a place. */
  abstract seek(place: number): void

  /** Training steps in all. */
  get steps(): number {
    return this.recording.losses.length
  }

  get epochs(): number {
    return this.steps / this.stepsPerEpoch
  }

  /** The last place. */
  get last(): number {
    return this.recording.keyframes.length - 1
  }

  /** Steps of the keyframes. */
  get places(): readonly number[] {
    return this.recording.keyframes.map(({ step }) => step)
  }

  stepOf(epoch: number): number {
    return epoch * this.stepsPerEpoch
  }

  /** The place of a training step. */
  placeOf(step: number): number {
    const { keyframes } = this.recording
    const after = keyframes.findIndex((frame) => frame.step > step)
    if (after <= 0) return after < 0 ? this.last : 0
    const a = keyframes[after - 1]!
    const b = keyframes[after]!
    return after - 1 + (step - a.step) / (b.step - a.step)
  }

  /** What lies at a place, valid until the next call. */
  protected at(place: number): Keyframe {
    const { keyframes } = this.recording
    const first = Math.floor(place)
    const a = keyframes[first]!
    const b = keyframes[Math.min(this.last, first + 1)]!
    const part = place - first
    blend(this.between, a, b, part)
    return { ...this.between, step: Math.round(a.step + part * (b.step - a.step)) }
  }

  /** What there is to know of the points there, valid until the next call. */
  protected measure({ features, weights, bias }: Keyframe, head: PointHead): Measures {
    const { dimension, subCenters } = this.recording
    const { normalizeWeights, normalizeFeatures, scale } = head
    const classifier = {
      weights,
      bias,
      subCenters,
      useBias: head.bias,
      normalizeWeights,
      normalizeFeatures,
      scale,
    }
    return measure(features, this.labels, dimension, classifier, this.measures)
  }
}

const ROWS = ['features', 'weights', 'bias', 'classMargins', 'states', 'termStates'] as const

function copyOf(keyframe: Keyframe): Keyframe {
  const rows = ROWS.map((name) => [name, keyframe[name].slice()])
  return { ...keyframe, ...Object.fromEntries(rows) } as Keyframe
}

/** Writes what lies at `part` of the way from `a` to `b` into `out`. */
function blend(out: Keyframe, a: Keyframe, b: Keyframe, part: number): void {
  for (const name of ROWS) {
    const to = out[name]
    const from = a[name]
    const next = b[name]
    for (let i = 0; i < to.length; i++) to[i] = from[i]! + part * (next[i]! - from[i]!)
  }
}
