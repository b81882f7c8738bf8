import { memory, tensor1d, zeros, type Rank } from '@tensorflow/tfjs-core'
import { useBackend, type BackendName } from '../../../src/engine/backends'
import * as ops from '../../../src/engine/kernels/ops'
import type { Segment } from '../../../src/engine/layout'
import type { Trainer } from '../../../src/engine/trainer'
import { assets } from './assets'
import { countCalls } from './count-calls'
import { trainerOf, type Task } from './tasks'

/** How far two backends are apart in a segment of a vector. */
export interface Deviation {
  readonly name: string
  /** The largest magnitude in the segment. */
  readonly magnitude: number
  /** The largest difference, as a fraction of that. */
  readonly largest: number
  /** The norm of the difference, as a fraction of the norm. */
  readonly norm: number
}

/**
 * A task on webgpu compared with the same on wasm: the moments of the first step, which are the gradients (and
 * their squares) times a constant, and the parameters after a few steps more.
 */
export async function compare(task: Task): Promise<{ moments: Deviation[]; parameters: Deviation[] }> {
  const expected = await train('wasm', task)
  const actual = await train('webgpu', task)
  const { segments, size } = expected.layout
  const moments = [0, size].flatMap((shift) =>
    segments.map((segment) => deviation(segment, expected.moments, actual.moments, shift)),
  )
  return {
    // SGD has no second moments.
    moments: moments.slice(0, expected.optimizer === 'sgd' ? segments.length : undefined),
    parameters: segments.map((segment) => deviation(segment, expected.parameters, actual.parameters, 0)),
  }
}

/** The features of `count` images before training on webgpu, compared with those on wasm. */
export async function compareFeatures(task: Task, first: number, count: number): Promise<Deviation> {
  const features = (backend: BackendName): Promise<Float32Array> =>
    withTrainer(backend, task, async (trainer) => {
      const tensor = trainer.features(first, count)
      const values = await tensor.data()
      tensor.dispose()
      return Float32Array.from(values)
    })
  const expected = await features('wasm')
  const segment = { name: 'features', offset: 0, size: expected.length }
  return deviation(segment, expected, await features('webgpu'), 0)
}

/** Losses of the steps of a run. */
export function losses(backend: BackendName, task: Task, steps: number): Promise<number[]> {
  return withTrainer(backend, task, async (trainer) => {
    for (let i = 0; i < steps; i++) trainer.trainStep()
    return Array.from((await trainer.read()).steps.losses)
  })
}

/** What a step asks of the GPU once the trainer is prepared: dispatches, and pipelines compiled after all. */
export function callsPerStep(task: Task): Promise<{ dispatches: number; pipelines: number }> {
  return withTrainer('webgpu', task, (trainer) => {
    const dispatches = countCalls(GPUComputePassEncoder.prototype, 'dispatchWorkgroups')
    const pipelines = countCalls(GPUDevice.prototype, 'createComputePipeline')
    const steps = 4
    for (let i = 0; i < steps; i++) trainer.trainStep()
    return Promise.resolve({ dispatches: dispatches.end() / steps, pipelines: pipelines.end() })
  })
}

/** A parameter that SGD halves in place, read before the first step and after each of two. */
export async function readInPlace(backend: BackendName): Promise<number[]> {
  await useBackend(backend, assets)
  const parameters = tensor1d([1, 1, 1, 1])
  const gradients = zeros<Rank.R1>([4])
  const moments = zeros<Rank.R1>([8])
  const values: number[] = []
  for (let step = 0; step < 3; step++) {
    if (step > 0) {
      const options = {
        kind: 'sgd',
        size: 4,
        rate: 0.5,
        momentum: 0,
        weightDecay: 1,
        decayed: 4,
        clip: Infinity,
        step,
      } as const
      ops.optimize({ parameters, gradients, moments }, options).dispose()
    }
    const joined = ops.join([parameters])
    values.push((await joined.data())[0]!)
    joined.dispose()
  }
  for (const tensor of [parameters, gradients, moments]) tensor.dispose()
  return values
}

/** Whether parameters are numbers after one step with such a gradient. */
export async function finiteAfter(
  backend: BackendName,
  kind: 'adam' | 'sgd',
  clip: number,
  gradient: number,
): Promise<boolean[]> {
  await useBackend(backend, assets)
  const parameters = tensor1d([1, 1, 1, 1])
  const gradients = tensor1d([gradient, 0, 0, 0])
  const moments = zeros<Rank.R1>([8])
  const settings = { size: 4, rate: 0.1, momentum: 0.9, weightDecay: 0, decayed: 0, step: 1 }
  ops.optimize({ parameters, gradients, moments }, { kind, clip, ...settings }).dispose()
  const joined = ops.join([parameters])
  const values = [...(await joined.data())]
  for (const tensor of [joined, parameters, gradients, moments]) tensor.dispose()
  return values.map(Number.isFinite)
}

/** How many tensors, and bytes on the GPU, are alive after a few steps and after many more. */
export function growth(
  backend: BackendName,
  task: Task,
  steps: number,
): Promise<{ tensors: [number, number]; bytes: [number, number] }> {
  return withTrainer(backend, task, async (trainer) => {
    const run = async (): Promise<{ tensors: number; bytes: number }> => {
      for (let i = 0; i < steps; i++) trainer.trainStep()
      await trainer.read()
      const { numTensors, numBytesInGPU = 0 } = memory() as { numTensors: number; numBytesInGPU?: number }
      return { tensors: numTensors, bytes: numBytesInGPU }
    }
    const a = await run()
    const b = await run()
    return { tensors: [a.tensors, b.tensors], bytes: [a.bytes, b.bytes] }
  })
}

function train(backend: BackendName, task: Task) {
  return withTrainer(backend, task, async (trainer) => {
    trainer.trainStep()
    const first = await trainer.checkpoint()
    const moments = first.moments.slice()
    for (let i = 0; i < 3; i++) trainer.trainStep()
    const { parameters } = await trainer.checkpoint()
    const { layout, experiment } = trainer
    return { layout, optimizer: experiment.optimizer.kind, moments, parameters: parameters.slice() }
  })
}

async function withTrainer<T>(
  backend: BackendName,
  task: Task,
  use: (trainer: Trainer) => Promise<T>,
): Promise<T> {
  await useBackend(backend, assets)
  const trainer = await trainerOf(task)
  await trainer.prepare()
  try {
    return await use(trainer)
  } finally {
    trainer.dispose()
  }
}

/** NaN where something is NaN. */
function deviation(
  { name, offset, size }: Segment,
  expected: Float32Array,
  actual: Float32Array,
  shift: number,
): Deviation {
  const e = expected.subarray(shift + offset, shift + offset + size)
  const difference = e.map((value, i) => value - actual[shift + offset + i]!)
  const norm = (v: Float32Array): number => Math.sqrt(v.reduce((sum, x) => sum + x * x, 0))
  const largest = (v: Float32Array): number => v.reduce((most, x) => Math.max(most, Math.abs(x)), 0)
  const magnitude = largest(e)
  return { name, magnitude, largest: largest(difference) / magnitude, norm: norm(difference) / norm(e) }
}
