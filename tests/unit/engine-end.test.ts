import { memory } from '@tensorflow/tfjs-core'
import { expect, it, vi } from 'vitest'
import { nodeAssets } from '../../cli/node-assets'
import { parseExperiment } from '../../src/engine/config'
import { Engine } from '../../src/engine/engine'
import type { EngineStatus } from '../../src/engine/events'
import type { Frame } from '../../src/engine/frame'

// A GPU whose loss a test can bring about.
const device = vi.hoisted(() => ({ listeners: new Set<(reason: string) => void>() }))
vi.mock(import('../../src/engine/backends'), async (original) => ({
  ...(await original()),
  onDeviceLost: (listener) => {
    device.listeners.add(listener)
    return () => device.listeners.delete(listener)
  },
}))

function start() {
  const frames: Frame[] = []
  const statuses: EngineStatus[] = []
  const engine = new Engine(nodeAssets, {
    frame: (frame) => {
      frames.push(frame)
      return Promise.resolve()
    },
    status: (status) => statuses.push(status),
    data: () => undefined,
    run: () => undefined,
    backend: () => undefined,
    checkpoint: () => undefined,
    unseen: () => undefined,
    notice: () => undefined,
    reached: () => undefined,
  })
  return { engine, frames, statuses }
}

const rings = (dimension = 2) =>
  parseExperiment({ network: { kind: 'mlp', dimension }, data: { set: 'toy-rings' } })

it('an engine that is done with lets go of its tensors, and of the device', async () => {
  const { engine } = start()
  expect(device.listeners.size).toBe(1)
  await engine.chooseBackend('cpu')
  await engine.open(rings())
  const { numTensors } = memory()
  expect(numTensors).toBeGreaterThan(0)
  engine.play()
  await engine.dispose()
  expect(memory().numTensors).toBe(0)
  expect(device.listeners.size).toBe(0)
})

it('a run that can not be made stays asked for, and the one before is not gone on with', async () => {
  const { engine, frames, statuses } = start()
  await engine.chooseBackend('cpu')
  await engine.open(rings())
  const nothing = new Float32Array(4)
  const step = { step: 1, epoch: 0, position: 0, parameters: nothing, moments: nothing }
  const failed = { kind: 'failed', message: 'the checkpoint is of another network' }
  await engine.open(rings(), step)
  expect(statuses.at(-1)).toEqual(failed)
  const { length } = frames
  await engine.stepOnce()
  expect(frames.length).toBe(length)
  // It is tried again when it is to play, as everything that failed is.
  engine.play()
  await engine.pause()
  expect(statuses.at(-1)).toEqual(failed)
  await engine.update(rings(3), 'd 2 → 3')
  await engine.stepOnce()
  expect(frames.at(-1)).toMatchObject({ dimension: 3, step: 1 })
  await engine.dispose()
  expect(memory().numTensors).toBe(0)
})
