import { concat1d, slice1d, tensor1d, tidy, zeros, type Tensor1D } from '@tensorflow/tfjs-core'
import type { ActiveHead } from '../losses/head'
import { weightsStay } from '../losses/head-loss-registry'
import { headStates, marginWaits, sameStates } from '../losses/head-states'
import { backward, forward } from './backbone'
import { batchShape, epochPlan, plainPlan, type BatchShape, type Sampling } from './batches'
import { vectorsOf, type Checkpoint } from './checkpoint'
import { sameVariables, type Experiment } from './config'
import { initialParameters, startingStates } from './initialize'
import type { HeadAttributes } from './kernels/names'
import * as ops from './kernels/ops'
import { prepare } from './kernels/prepare'
import { headOffsets, layOut, volume, type Layout } from './layout'
import { NETWORKS } from './networks'
import { ReadOut, readTogether, type Reading } from './read-out'
import { activeHead, rateAt } from './schedule'
import { trainingCounts, type ImageSet } from '../io/dataset-file'

/** Values that the layers may give for images that are looked at together: 16 MiB. */
const EVALUATION_VALUES = 4 * 2 ** 20

/**
 * Trains one network with one head on one data set, on the current TensorFlow.js backend. Nothing is read back
 * by a step. All parameters are one vector on the device, and so are their gradients and moments.
 */
export class Trainer {
  readonly layout: Layout
  step = 0
  private epoch = 0
  private position = 0

  private readonly images: Tensor1D
  private readonly plain: Tensor1D
  private plan: Tensor1D
  private parameters: Tensor1D
  private moments: Tensor1D
  private gradients: Tensor1D
  private readonly readOut: ReadOut
  private readonly indices: Int32Array
  /** How many classes have training images. */
  private readonly presentClasses: number

  constructor(
    private settings: Experiment,
    private readonly data: ImageSet,
  ) {
    const { network, head, seed } = settings
    const image = { height: data.height, width: data.width, channels: 1 }
    const spec = NETWORKS.get(network.kind)
    const { dimension, featureActivation } = network
    this.layout = layOut(spec, image, dimension, data.classes.length, featureActivation, head.subCenters)
    this.indices = Int32Array.from({ length: data.train }, (_, i) => i)
    this.presentClasses = new Set(data.labels.subarray(0, data.train)).size
    this.images = tensor1d(packBytes(data.pixels), 'int32')
    this.plain = tensor1d(plainPlan(data.labels), 'int32')
    this.plan = this.makePlan()
    this.parameters = tensor1d(initialParameters(this.layout, head, seed, trainingCounts(data)))
    this.moments = zeros([2 * this.layout.size])
    this.gradients = zeros([this.layout.size])
    this.readOut = new ReadOut(this.layout)
  }

  get experiment(): Experiment {
    return this.settings
  }

  /** What the head carries along begins anew: to another margin function or loss it means something else. */
  private restartStates(): void {
    const { layout, settings, parameters } = this
    const start = Float32Array.from(startingStates(settings.head, layout))
    this.parameters = spliced(parameters, layout.states.offset, start)
    parameters.dispose()
  }

  /** Class vectors that stay from now on do not coast, either. */
  private stopWeights(): void {
    const { moments } = this
    const { size, classWeights } = this.layout
    const rest = new Float32Array(classWeights.size)
    this.moments = tidy(() =>
      spliced(spliced(moments, classWeights.offset, rest), size + classWeights.offset, rest),
    )
    moments.dispose()
  }

  private forgetGradients(): void {
    this.gradients.dispose()
    this.gradients = zeros([this.layout.size])
  }

  /** Images in a batch. */
  get batch(): number {
    return this.batches.size
  }

  private get batches(): BatchShape {
    return batchShape(this.settings, this.data.train, this.presentClasses)
  }

  /** How much of the planned run has passed; beyond 1 after its end. */
  get progress(): number {
    // What is left of an epoch after its last whole batch does not count.
    const { perEpoch, size } = this.batches
    const inEpoch = this.position / (perEpoch * size)
    return (this.epoch + Math.min(1, inEpoch)) / this.settings.epochs
  }

  /** Epochs that have passed, with fraction. */
  get epochs(): number {
    return this.progress * this.settings.epochs
  }

  /** Steps to the end of the planned run; without limit after it. */
  get stepsLeft(): number {
    const left = this.settings.epochs * this.batches.perEpoch * (1 - this.progress)
    return left > 0 ? Math.ceil(left - 1e-6) : Infinity
  }

  /** How many images may pass through the network together when it is only looked at. */
  get evaluationChunk(): number {
    const values = this.layout.layers.reduce((sum, { output }) => sum + volume(output), 0)
    return Math.max(1, Math.floor(EVALUATION_VALUES / values))
  }

  get head(): ActiveHead {
    return activeHead(this.settings, this.progress, this.step)
  }

  get rate(): number {
    return rateAt(this.settings.optimizer.rate, this.progress)
  }

  /** Whether `next` can take the place of the present settings without a new run. */
  accepts(next: Experiment): boolean {
    return sameVariables(next, this.settings)
  }

  /** Takes effect at the next step. @throws {Error} when the change needs a new run, see `accepts`. */
  update(next: Experiment): void {
    if (!this.accepts(next)) throw new Error('this change needs a new run')
    const replan = JSON.stringify(next.data) !== JSON.stringify(this.settings.data)
    const restart = !sameStates(next.head, this.settings.head)
    const before = this.settings.terms
    this.settings = next
    if (restart) this.restartStates()
    if (weightsStay(next.head)) this.stopWeights()
    // What a term has learned stands still once it is gone.
    if (before.some(({ kind }) => next.terms.every((term) => term.kind !== kind))) this.forgetGradients()
    this.alignPosition()
    if (replan) this.replan()
  }

  /**
   * Compiles what a step needs, where the backend compiles; worth waiting for before the first step, which
   * else compiles by itself while the page stands still.
   */
  async prepare(): Promise<void> {
    await prepare(() => {
      this.compute(0)
    })
  }

  /** One step of the optimizer. */
  trainStep(): void {
    if (this.position + this.batch > this.data.train) {
      this.epoch++
      this.position = 0
      this.replan()
    }
    this.compute(this.position)
    this.step++
    this.position += this.batch
  }

  /**
   * Features [rows · d] of images `first` to `first + rows` of the data set, as they are; on the device.
   * @param parameters of this network, where not those that it has now
   */
  features(first: number, rows: number, parameters = this.parameters): Tensor1D {
    const { height, width } = this.data
    return tidy(() => {
      const input = ops.gather({ images: this.images, plan: this.plain }, { first, rows, height, width })
      return forward(this.layout, input, parameters, rows).features
    })
  }

  /** Features [rows · d] of images that are not of the data set: rows · height · width bytes; on the device. */
  featuresOf(pixels: Uint8Array): Tensor1D {
    const { height, width } = this.data
    const rows = pixels.length / (height * width)
    return tidy(() => {
      const images = tensor1d(packBytes(pixels), 'int32')
      const plan = tensor1d(plainPlan(new Uint8Array(rows)), 'int32')
      const input = ops.gather({ images, plan }, { first: 0, rows, height, width })
      return forward(this.layout, input, this.parameters, rows).features
    })
  }

  /** The parameters as they are now, in a tensor that training does not change and the caller disposes of. */
  copyParameters(): Tensor1D {
    return tidy(() => ops.join([this.parameters]))
  }

  /** Reads what training has left on the device, and with it whatever tensors are passed, in one copy. */
  read(...more: Tensor1D[]): Promise<Reading> {
    return this.readOut.read(this.parameters, this.step, this.settings.terms, more)
  }

  async checkpoint(): Promise<Checkpoint> {
    const { step, epoch, position } = this
    const [parameters, moments] = await readTogether([this.parameters, this.moments])
    const { margin, loss } = this.settings.head
    const head = { margin: { kind: margin.kind }, loss: { kind: loss.kind } }
    return { step, epoch, position, head, parameters: parameters!, moments: moments! }
  }

  /**
   * Goes on from a checkpoint.
   * @throws {RangeError} when it is of another network
   */
  restore(checkpoint: Checkpoint): void {
    const { layout, settings, data } = this
    const { step, epoch, position } = checkpoint
    const { parameters, moments } = vectorsOf(checkpoint, layout, settings, trainingCounts(data))
    this.parameters.dispose()
    this.moments.dispose()
    this.parameters = tensor1d(parameters)
    this.moments = tensor1d(moments)
    if (weightsStay(settings.head)) this.stopWeights()
    Object.assign(this, { step, epoch, position })
    this.readOut.skipTo(step)
    this.alignPosition()
    this.replan()
  }

  dispose(): void {
    const { images, plain, plan, parameters, moments, gradients, readOut } = this
    for (const part of [images, plain, plan, parameters, moments, gradients, readOut]) part.dispose()
  }

  /** The kernels of a step, on the batch that begins at row `first` of the plan. */
  private compute(first: number): void {
    const { layout, plan, parameters, gradients, moments, batch } = this
    const { statistics } = this.readOut
    const { optimizer } = this.settings
    const { height, width } = this.data
    tidy(() => {
      const input = ops.gather({ images: this.images, plan }, { first, rows: batch, height, width })
      const pass = forward(layout, input, parameters, batch)
      const { features } = pass
      const attributes = { ...this.headAttributes(), first, batch, slot: this.readOut.slotOf(this.step) }
      const { head } = attributes
      const states = headStates(head)
      if (states.loss.length > 0 || (states.margin.length > 0 && !marginWaits(head))) {
        ops.headState({ features, parameters, plan }, attributes)
      }
      const partials = ops.headForward({ features, parameters, plan }, attributes)
      const { detach } = this.settings.head
      const gradient = ops.headBackward(
        { partials, features, parameters, gradients, statistics },
        { ...attributes, detach },
      )
      const inputs = { features, parameters, gradients, plan, statistics, featureGradient: gradient }
      const fixedWeights = weightsStay(head)
      for (const term of this.settings.terms) {
        const state = layout.termStates.get(term.kind)?.offset ?? 0
        ops.term(inputs, { ...attributes, term, subCenters: layout.subCenters, fixedWeights, state })
      }
      backward(layout, pass, gradient, parameters, gradients, batch)
      ops.optimize(
        { parameters, gradients, moments },
        {
          kind: optimizer.kind,
          size: layout.size,
          rate: this.rate,
          momentum: optimizer.momentum,
          weightDecay: optimizer.weightDecay,
          decayed: fixedWeights ? layout.classWeights.offset : layout.decayed,
          clip: optimizer.clip ?? Infinity,
          step: this.step + 1,
        },
      )
    })
  }

  private headAttributes(): Omit<HeadAttributes, 'first' | 'batch'> {
    const { classes, dimension } = this.layout
    const { seed } = this.settings
    // Steps differ by an odd constant, so that no two of a run draw the same noise.
    const noise = (seed + Math.imul(this.step, 0x9e3779b1)) >>> 0
    return { head: this.head, classes, dimension, ...headOffsets(this.layout), noise }
  }

  /** Balanced batches begin at multiples of their size. */
  private alignPosition(): void {
    if (this.batches.balance) this.position = Math.ceil(this.position / this.batch) * this.batch
  }

  private makePlan(): Tensor1D {
    const { seed, data } = this.settings
    const sampling: Sampling = {
      seed,
      indices: this.indices,
      labels: this.data.labels,
      shifts: data.shifts,
      balance: this.batches.balance,
    }
    return tensor1d(epochPlan(sampling, this.epoch), 'int32')
  }

  private replan(): void {
    this.plan.dispose()
    this.plan = this.makePlan()
  }
}

/** A vector with other values from `at` on. */
function spliced(vector: Tensor1D, at: number, values: Float32Array): Tensor1D {
  const end = at + values.length
  return tidy(() =>
    concat1d([slice1d(vector, 0, at), tensor1d(values), slice1d(vector, end, vector.size - end)]),
  )
}

/** Bytes four to an int32, as the kernels read them. */
function packBytes(bytes: Uint8Array): Int32Array {
  const padded = new Uint8Array((bytes.length + 3) & ~3)
  padded.set(bytes)
  return new Int32Array(padded.buffer)
}
