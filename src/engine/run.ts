import { measure } from '../geometry/measure'
import { PrincipalAxes } from '../geometry/principal-axes'
import { Random } from '../geometry/random'
import type { ImageSet } from '../io/dataset-file'
import type { ActiveHead } from '../losses/head'
import type { Experiment } from './config'
import type { Change } from './diagnose'
import { classifierOf } from './evaluate'
import type { Frame, PointSelection, PointUpdate } from './frame'
import { Observer } from './observer'
import type { Checkpoint } from './checkpoint'
import { Trainer } from './trainer'
import { UnseenWatch, type UnseenFeatures, type UnseenObservation } from './unseen-watch'

/** Rolling back goes to a checkpoint at least this many steps before the trouble, if there is one. */
const SAFE_STEPS = 50

/** Unseen images that a frame observes, however slow: they pass the network once before there is anything to see. */
const LEAST_UNSEEN = 64

/** Reckoned for a training step before one was measured, in milliseconds. */
const GUESSED_STEP_MS = 10

/** One run of an experiment, with what was seen of it. */
export class Run {
  readonly changes: Change[] = []
  private trainer: Trainer
  private observer: Observer
  private readonly axes: PrincipalAxes | null
  /** While somebody wants to see how the unseen identities do. */
  private unseen: UnseenWatch | null = null
  /** Newest first. */
  private checkpoints: Checkpoint[] = []
  /** Milliseconds for a training step, as measured lately; null before that. */
  private stepMs: number | null = null

  constructor(
    readonly number: number,
    experiment: Experiment,
    private images: ImageSet,
    private selection: PointSelection,
    resumed: Checkpoint | null,
    private readonly reportUnseen: (features: UnseenFeatures) => void,
  ) {
    this.trainer = new Trainer(experiment, images)
    if (resumed) this.goOnFrom(resumed)
    this.observer = new Observer(this.trainer, images, selection)
    const { dimension } = this.trainer.layout
    this.axes = dimension > 3 ? new PrincipalAxes(dimension, new Random(experiment.seed, 'axes')) : null
  }

  private goOnFrom(checkpoint: Checkpoint): void {
    try {
      this.trainer.restore(checkpoint)
    } catch (error) {
      this.trainer.dispose()
      throw error
    }
    this.checkpoints = [checkpoint]
  }

  get data(): ImageSet {
    return this.images
  }

  get experiment(): Experiment {
    return this.trainer.experiment
  }

  /** As it acts at the next step. */
  get head(): ActiveHead {
    return this.trainer.head
  }

  get step(): number {
    return this.trainer.step
  }

  get finished(): boolean {
    return this.trainer.progress >= 1
  }

  /** Steps to the end of the planned run; without limit after it. */
  get stepsLeft(): number {
    return this.trainer.stepsLeft
  }

  get parameterCount(): number {
    return this.trainer.layout.size
  }

  get lastGood(): Checkpoint | null {
    const safe = this.checkpoints.find(({ step }) => this.trainer.step - step >= SAFE_STEPS)
    return safe ?? this.checkpoints[this.checkpoints.length - 1] ?? null
  }

  get newestCheckpoint(): Checkpoint | null {
    return this.checkpoints[0] ?? null
  }

  /** Training steps in a frame of `ms` milliseconds that also observes points. */
  stepsIn(ms: number): number {
    return Math.max(1, Math.round((0.7 * ms) / (this.stepMs ?? GUESSED_STEP_MS)))
  }

  /** Says how fast the backend was measured to be; what the run measures itself goes before that. */
  expectSpeed(stepsPerSecond: number): void {
    this.stepMs ??= 1000 / stepsPerSecond
  }

  /** Lets the backend compile what a step needs. */
  prepare(): Promise<void> {
    return this.trainer.prepare()
  }

  accepts(experiment: Experiment): boolean {
    return this.trainer.accepts(experiment)
  }

  /** @param changes what the user changed, in words */
  update(experiment: Experiment, changes: readonly string[]): void {
    this.trainer.update(experiment)
    for (const text of changes) this.changes.push({ step: this.trainer.step, text })
  }

  /** Goes on with other images of the same classes, in the place of the plan where it is. */
  async setData(data: ImageSet): Promise<void> {
    const { experiment } = this
    const now = await this.trainer.checkpoint()
    this.trainer.dispose()
    this.images = data
    this.trainer = new Trainer(experiment, data)
    this.trainer.restore(now)
    this.observer = new Observer(this.trainer, data, this.selection)
    this.watchUnseen(this.unseen !== null)
  }

  get watchesUnseen(): boolean {
    return this.unseen !== null
  }

  /** Whether the features of unseen identities are looked at too, and told. */
  watchUnseen(on: boolean): void {
    this.unseen?.dispose()
    this.unseen = on ? new UnseenWatch(this.trainer, this.data) : null
  }

  select(selection: PointSelection): void {
    this.selection = selection
    this.observer = new Observer(this.trainer, this.data, selection)
  }

  /** Trains `steps` steps and observes as many points as fit beside them in `ms`. Null when it diverged. */
  async train(steps: number, ms: number): Promise<Frame | null> {
    const { batchSize } = this.experiment.optimizer
    const start = performance.now()
    for (let i = 0; i < steps; i++) this.trainer.trainStep()
    const expected = this.stepMs ?? GUESSED_STEP_MS
    const allowance = this.observer.allowance(ms, expected, batchSize)
    const { frame, looked } = await this.observe(allowance, this.unseen?.due === true)
    const stepMs = (performance.now() - start) / (steps + looked / (3 * batchSize))
    this.stepMs = expected + 0.3 * (stepMs - expected)
    return frame
  }

  /** Looks at everything at the present step, in pieces; stops after the first when `stopped` says so. */
  async *lookAround(stopped: () => boolean): AsyncGenerator<Frame | null> {
    this.observer.rewind()
    let seen = 0
    do {
      const { frame, looked } = await this.observe(Infinity)
      seen += looked
      yield frame
    } while (seen < this.observer.rotation && !stopped())
    this.unseen?.renew()
    while (this.unseen && !this.unseen.upToDate && !stopped()) {
      const observation = this.unseen.begin(Infinity)
      const features = (await observation.features.data()) as Float32Array
      observation.features.dispose()
      this.finishUnseen(observation, features)
    }
  }

  /**
   * How the network sees pictures that are not of the data, now.
   * @param pixels height · width bytes for each label
   * @returns null for pictures of another size or class
   */
  async evaluate(
    pixels: Uint8Array,
    labels: readonly number[],
  ): Promise<Pick<PointUpdate, 'features' | 'measures'> | null> {
    const { trainer, data } = this
    if (pixels.length !== labels.length * data.height * data.width) return null
    if (labels.some((label) => label >= data.classes.length)) return null
    const tensor = trainer.featuresOf(pixels)
    const { weights, bias, more } = await trainer.read(tensor)
    tensor.dispose()
    const features = more[0]!
    const classifier = classifierOf(trainer, weights, bias)
    return { features, measures: measure(features, labels, trainer.layout.dimension, classifier) }
  }

  /** Keeps the weights as they are now. They must be good: call it after a frame that was. */
  async checkpoint(): Promise<Checkpoint> {
    const checkpoint = await this.trainer.checkpoint()
    this.checkpoints = [checkpoint, ...this.checkpoints].slice(0, 3)
    return checkpoint
  }

  /** Goes back to the last good weights, where there are any. */
  rollBack(): void {
    const checkpoint = this.lastGood
    if (!checkpoint) return
    this.trainer.restore(checkpoint)
    this.checkpoints = this.checkpoints.filter(({ step }) => step <= checkpoint.step)
    this.observer = new Observer(this.trainer, this.data, this.selection)
    this.watchUnseen(this.unseen !== null)
  }

  dispose(): void {
    this.unseen?.dispose()
    this.trainer.dispose()
  }

  /** @param withUnseen gives half of the limit to unseen identities */
  private async observe(limit: number, withUnseen = false): Promise<{ frame: Frame | null; looked: number }> {
    const { trainer, observer } = this
    const observation = observer.begin(withUnseen ? Math.ceil(limit / 2) : limit)
    const unseen = withUnseen ? this.unseen!.begin(Math.max(LEAST_UNSEEN, limit / 2)) : null
    const { head, rate, epochs, progress, step } = trainer
    const { terms } = trainer.experiment
    const begun = [observation, ...(unseen ? [unseen] : [])].map(({ features }) => features)
    const { steps, weights, bias, carried, termStates, more } = await trainer.read(...begun)
    begun.forEach((features) => features.dispose())
    if (unseen) this.finishUnseen(unseen, more[1]!)
    const looked = observation.count + (unseen?.count ?? 0)
    if (!allFinite(steps.losses) || !allFinite(weights) || !allFinite(more[0]!))
      return { frame: null, looked }
    this.axes?.follow(more[0]!)
    const axes = this.axes?.axes.slice() ?? null
    const points = observer.finish(observation, more[0]!, weights, bias)
    const { test } = observer
    const { dimension } = trainer.layout
    const stepsPerSecond = this.stepMs === null ? null : 1000 / this.stepMs
    return {
      looked,
      frame: {
        run: this.number,
        step,
        epochs,
        progress,
        rate,
        head,
        dimension,
        weights,
        bias,
        carried,
        termStates,
        axes,
        steps,
        points,
        test,
        stepsPerSecond,
        terms,
      },
    }
  }

  private finishUnseen(observation: UnseenObservation, features: Float32Array): void {
    const all = this.unseen?.finish(observation, features)
    if (all) this.reportUnseen({ ...all, run: this.number })
  }
}

function allFinite(values: Float32Array): boolean {
  return values.every((value) => Number.isFinite(value))
}
