import { memory } from '@tensorflow/tfjs-core'
import { gpuInfo, onDeviceLost, useBackend, type GpuInfo } from '../../../src/engine/backends'
import type { Trainer } from '../../../src/engine/trainer'
import type { Checkpoint } from '../../../src/engine/checkpoint'
import { assets } from './assets'
import { trainerOf, type Task } from './tasks'

// One run that goes through the loss of its device; a test calls these in order.

let trainer: Trainer
let checkpoint: Checkpoint
let loss: Promise<string>

/** Trains on webgpu, keeps a checkpoint, and goes on. */
export async function begin(task: Task, steps: number): Promise<GpuInfo | null> {
  await useBackend('webgpu', assets)
  loss = new Promise((resolve) => {
    const stop = onDeviceLost((message) => {
      stop()
      resolve(message)
    })
  })
  trainer = await trainerOf(task)
  for (let i = 0; i < steps; i++) trainer.trainStep()
  const { parameters, moments, ...rest } = await trainer.checkpoint()
  checkpoint = { ...rest, parameters: parameters.slice(), moments: moments.slice() }
  trainer.trainStep()
  return gpuInfo()
}

/** What the listener was told, once the device is lost; and how a read that was pending then ended. */
export async function lost(): Promise<{ message: string; read: string }> {
  const message = await loss
  // Steps on the lost device are wasted, but must not throw.
  trainer.trainStep()
  const read = await trainer.read().then(
    () => 'fulfilled',
    () => 'rejected',
  )
  return { message, read }
}

/** Starts anew from the checkpoint, and gives the parameters after `steps` steps more. */
export async function resume(task: Task, steps: number): Promise<number[]> {
  await useBackend('webgpu', assets)
  const next = await trainerOf(task)
  next.restore(checkpoint)
  trainer.dispose()
  trainer = next
  return finish(steps)
}

/** The parameters after a run of `steps` steps without a loss. */
export async function straight(task: Task, steps: number): Promise<number[]> {
  await useBackend('webgpu', assets)
  trainer = await trainerOf(task)
  return finish(steps)
}

async function finish(steps: number): Promise<number[]> {
  for (let i = 0; i < steps; i++) trainer.trainStep()
  const { parameters } = await trainer.checkpoint()
  trainer.dispose()
  return Array.from(parameters)
}

export function tensors(): number {
  return memory().numTensors
}
