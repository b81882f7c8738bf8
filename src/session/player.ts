import type { Experiment } from '../engine/config'
import type { Frame } from '../engine/frame'
import { activeHead, rateAt } from '../engine/schedule'
import { emptyMeasures, measure } from '../geometry/measure'
import { trainingCounts } from '../io/dataset-file'
import type { Keyframe, Recording } from '../io/recording-file'
import { rarities } from '../losses/promotion'
import { History } from './history'
import type { RunView } from './run-view'

/** At speed 1: a recording of 100 keyframes takes 12 seconds. */
const KEYFRAMES_PER_SECOND = 8
/** Milliseconds between two frames: the stage itself glides from one to the next. */
const FRAME_MS = 30
/** After a longer break, as when the page was hidden, it goes on where it was. */
const LONGEST_MS = 250

const keyframesIn = (ms: number): number => (ms / 1000) * KEYFRAMES_PER_SECOND

/**
 * Plays a recorded run into a RunView, as the engine does a live one. Its place is counted in keyframes: 3.25 is a
 * quarter of the way from the fourth to the fifth. Nothing is allocated for points while it plays.
 */
export class Player {
  /** Times as fast. */
  speed = 1
  /** Whether shapes between keyframes are shown; without, it goes from one keyframe to the next. */
  smooth = true
  /**
   * For how many milliseconds another player of this recording has been playing it; while it says so, and nobody pauses or
   * seeks, this one is there.
   */
  leader: (() => number | null) | null = null
  private place = 0
  private request = 0
  private due = 0
  private before = 0
  private shownStep = 0
  private readonly labels: Uint8Array
  private readonly between: Keyframe
  private readonly measures
  private readonly rarity: Float32Array
  private readonly stepsPerEpoch: number

  /** @param changed is told when it begins to play or holds, and when it comes to its end or leaves it */
  constructor(
    private readonly recording: Recording,
    private readonly experiment: Experiment,
    private readonly view: RunView,
    private readonly changed: () => void,
  ) {
    const { data, points, keyframes, batch } = recording
    this.labels = data.labels.subarray(data.train, data.train + points)
    this.between = copyOf(keyframes[0]!)
    this.measures = emptyMeasures(points)
    // Pictures come with the data set, when the engine has loaded it.
    const images = { ...data, pixels: new Uint8Array(0) }
    this.rarity = Float32Array.from(rarities(trainingCounts(images)))
    this.stepsPerEpoch = Math.floor(data.train / batch)
    view.data = images
    view.reset({ split: 'test', count: points }, recording.dimension, new History())
    this.show()
  }

  get playing(): boolean {
    return this.request !== 0
  }

  get ended(): boolean {
    return this.place >= this.last
  }

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

  play(): void {
    if (this.playing || this.ended) return
    this.before = performance.now()
    this.request = requestAnimationFrame(this.tick)
    this.changed()
  }

  pause(): void {
    this.leader = null
    if (!this.playing) return
    cancelAnimationFrame(this.request)
    this.request = 0
    this.changed()
  }

  /** Goes to a training step. */
  seekStep(step: number): void {
    const { keyframes } = this.recording
    const after = keyframes.findIndex((frame) => frame.step > step)
    if (after <= 0) return this.seek(after < 0 ? this.last : 0)
    const [a, b] = [keyframes[after - 1]!, keyframes[after]!]
    this.seek(after - 1 + (step - a.step) / (b.step - a.step))
  }

  seekEpoch(epoch: number): void {
    this.seekStep(epoch * this.stepsPerEpoch)
  }

  /** Goes `by` keyframes on, from one to another. */
  move(by: number): void {
    this.seek(by > 0 ? Math.floor(this.place) + by : Math.ceil(this.place) + by)
  }

  /** Goes to a place, counted in keyframes. */
  seek(place: number): void {
    this.leader = null
    const { ended } = this
    this.place = Math.max(0, Math.min(this.last, place))
    this.show()
    if (this.ended) this.pause()
    if (this.ended !== ended) this.changed()
  }

  private get last(): number {
    return this.recording.keyframes.length - 1
  }

  private readonly tick = (now: number): void => {
    const passed = Math.max(0, Math.min(LONGEST_MS, now - this.before))
    this.before = now
    const led = this.leader?.() ?? null
    const place = led === null ? this.place + keyframesIn(passed) * this.speed : keyframesIn(led)
    this.place = Math.min(this.last, place)
    if (now >= this.due || this.ended) {
      this.due = now + FRAME_MS
      this.show()
    }
    this.request = this.ended ? 0 : requestAnimationFrame(this.tick)
    if (this.ended) this.changed()
  }

  private show(): void {
    const { recording, between, experiment } = this
    const place = this.smooth ? this.place : Math.floor(this.place)
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
      ...{ weights, bias, subCenters, useBias: head.bias, normalizeWeights, normalizeFeatures, scale },
    }
    measure(features, this.labels, dimension, classifier, this.measures)
    const steps = this.stepsTo(step)
    // Who is told of the frame asks for the step.
    this.shownStep = step
    this.view.take({
      ...{ run: 0, step, head, dimension, weights, bias, axes: recording.axes, stepsPerSecond: null },
      epochs: step / this.stepsPerEpoch,
      progress: this.progressAt(step),
      rate: rateAt(experiment.optimizer.rate, this.progressAt(step)),
      ...{ carried: this.carriedOf(between), centers: between.centers },
      steps,
      points: {
        ...{ selection: { split: 'test', count: points }, first: 0, features, measures: this.measures },
      },
      test: this.testAt(step),
    })
  }

  /** Puts what lies between the step that is shown and a later one onto the curves, keyframe by keyframe. */
  private catchUp(step: number): void {
    for (const keyframe of this.recording.keyframes) {
      if (keyframe.step <= this.shownStep) continue
      if (keyframe.step >= step) break
      const { step: to } = keyframe
      const [head, carried] = [this.headAt(to), this.carriedOf(keyframe)]
      this.view.history.take({ step: to, steps: this.stepsTo(to), test: this.testAt(to), head, carried })
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

const ROWS = ['features', 'weights', 'bias', 'classMargins', 'states', 'centers'] as const

function copyOf(keyframe: Keyframe): Keyframe {
  const rows = ROWS.map((name) => [name, keyframe[name]?.slice() ?? null])
  return { ...keyframe, ...Object.fromEntries(rows) } as Keyframe
}

/** Writes what lies at `part` of the way from `a` to `b` into `out`. */
function blend(out: Keyframe, a: Keyframe, b: Keyframe, part: number): void {
  for (const name of ROWS) {
    const [to, from, next] = [out[name], a[name], b[name]]
    if (!to || !from || !next) continue
    for (let i = 0; i < to.length; i++) to[i] = from[i]! + part * (next[i]! - from[i]!)
  }
}
