import type { Experiment } from '../engine/config'
import type { Frame } from '../engine/frame'
import { activeHead, rateAt } from '../engine/schedule'
import { trainingCounts } from '../io/dataset-file'
import type { Keyframe, Recording } from '../io/recording-file'
import { rarities } from '../losses/rarity'
import { History } from './history'
import { RecordedPath } from './recorded-path'
import type { RunView } from './run-view'

/** A recorded run in a RunView, which it fills as the engine does from a live one. */
export class RecordedRun extends RecordedPath {
  private shownStep = 0
  private readonly rarity: Float32Array

  constructor(
    recording: Recording,
    private readonly experiment: Experiment,
    readonly view: RunView,
  ) {
    super(recording)
    const { data, points } = recording
    // Pictures come with the data set, when the engine has loaded it.
    const images = { ...data, pixels: new Uint8Array(0) }
    this.rarity = Float32Array.from(rarities(trainingCounts(images)))
    view.data = images
    view.reset({ split: 'test', count: points }, recording.dimension, new History())
    this.seek(0)
  }

  get step(): number {
    return this.shownStep
  }

  seek(place: number): void {
    const { recording, experiment } = this
    const between = this.at(place)
    const { step, weights, bias, features } = between
    this.catchUp(step)
    const { dimension, points } = recording
    const head = this.headAt(step)
    const measures = this.measure(between, head)
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
        measures,
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
