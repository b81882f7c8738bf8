import { stepsPerEpoch } from '../engine/batches'
import type { Experiment } from '../engine/config'
import type { Frame } from '../engine/frame'
import { activeHead, rateAt } from '../engine/schedule'
import { emptyMeasures, measure } from '../geometry/measure'
import { trainingCounts } from '../io/dataset-file'
import type { Keyframe, Recording } from '../io/recording-file'
import { rarities } from '../losses/rarity'
import { History } from './history'
import type { RunView } from './run-view'

/**
 * A recorded run in a RunView, which it fills as the engine does from a live one. Its place is counted in keyframes:
 * 3.25 is a quarter of the way from the fourth to the fifth. Nothing is allocated for points from place to place.
 */
export class RecordedRun {
  private shownStep = 0
  private readonly labels: Uint8Array
  private readonly between: Keyframe
  private readonly measures
  private readonly rarity: Float32Array
  private readonly stepsPerEpoch: number

  constructor(
    private readonly recording: Recording,
    private readonly experiment: Experiment,
    readonly view: RunView,
  ) {
    const { data, points, keyframes, batch } = recording
    this.labels = data.labels.subarray(data.train, data.train + points)
    this.between = copyOf(keyframes[0]!)
    this.measures = emptyMeasures(points)
    // Pictures come with the data set, when the engine has loaded it.
    const images = { ...data, pixels: new Uint8Array(0) }
    this.rarity = Float32Array.from(rarities(trainingCounts(images)))
    this.stepsPerEpoch = stepsPerEpoch(data.train, batch)
    view.data = images
    view.reset({ split: 'test', count: points }, recording.dimension, new History())
    this.show(0)
  }

  /** The step that is shown. */
  get step(): number {
    return this.shownStep
  }

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

  /** Shows the run at a place. */
  show(place: number): void {
    const { recording, between, experiment } = this
    const first = Math.floor(place)
    const a = recording.keyframes[first]!
    const b = recording.keyframes[Math.min(this.last, first + 1)]!
    const part = place - first
    const step = Math.round(a.step + part * (b.step - a.step))
    blend(between, a, b, part)
    this.catchUp(step)
    const { weights, bias, features } = between
    const { dimension, points, subCenters } = recording
    const head = this.headAt(step)
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
    measure(features, this.labels, dimension, classifier, this.measures)
    const steps = this.stepsTo(step)
    // Who is told of the frame asks for the step.
    this.shownStep = step
    this.view.receive({
      run: 0,
      step,
      head,
      terms: experiment.terms,
      dimension,
      weights,
      bias,
      axes: recording.axes,
      stepsPerSecond: null,
      epochs: step / this.stepsPerEpoch,
      progress: this.progressAt(step),
      rate: rateAt(experiment.optimizer.rate, this.progressAt(step)),
      carried: this.carriedOf(between),
      termStates: between.termStates,
      steps,
      points: {
        selection: { split: 'test', count: points },
        first: 0,
        features,
        measures: this.measures,
      },
      test: this.testAt(step),
    })
  }

  /** Puts what lies between the step that is shown and a later one onto the curves, keyframe by keyframe. */
  private catchUp(step: number): void {
    const { dimension } = this.recording
    const { history, labels } = this.view
    for (const keyframe of this.recording.keyframes) {
      if (keyframe.step <= this.shownStep) continue
      if (keyframe.step >= step) break
      const { step: to } = keyframe
      const head = this.headAt(to)
      const carried = this.carriedOf(keyframe)
      history.record({ step: to, steps: this.stepsTo(to), test: this.testAt(to), head, carried })
      history.triplets.record(to, this.experiment.terms, {
        labels,
        features: keyframe.features,
        dimension,
      })
      this.shownStep = to
    }
  }

  /** The training steps from the one that is shown to another; none when that is an earlier one. */
  private stepsTo(step: number): Frame['steps'] {
    const { losses, accuracies } = this.recording
    const firstStep = Math.min(this.shownStep, step)
    return {
      firstStep,
      losses: losses.subarray(firstStep, step),
      accuracies: accuracies.subarray(firstStep, step),
    }
  }

  private testAt(step: number): Frame['test'] {
    const { tests } = this.recording
    for (let i = tests.length - 1; i >= 0; i--) if (tests[i]!.step <= step) return tests[i]!
    return null
  }

  private progressAt(step: number): number {
    return step / this.stepsPerEpoch / this.experiment.epochs
  }

  private headAt(step: number): Frame['head'] {
    return activeHead(this.experiment, this.progressAt(step), step)
  }

  private carriedOf({ classMargins, states }: Keyframe): Frame['carried'] {
    return { classMargins, states, rarity: this.rarity }
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
