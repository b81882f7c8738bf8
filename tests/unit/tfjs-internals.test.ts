import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu'
import { backend } from '@tensorflow/tfjs-core'
import { readFileSync } from 'node:fs'
import { describe, expect, it, vi } from 'vitest'
import { nodeAssets } from '../../cli/node-assets'
import { useBackend } from '../../src/engine/backends'
import { commandQueue, InternalsError, wasmMemory } from '../../src/engine/kernels/tfjs-internals'

interface Manifest {
  readonly version: string
  readonly dependencies: Record<string, string>
  readonly devDependencies: Record<string, string>
}

const manifest = (path: string): Manifest =>
  JSON.parse(readFileSync(new URL(`../../${path}package.json`, import.meta.url), 'utf8')) as Manifest

it('is made for one version of TensorFlow.js, which is installed', () => {
  const { dependencies, devDependencies } = manifest('')
  const wanted = Object.entries({ ...devDependencies, ...dependencies }).filter(([name]) =>
    name.startsWith('@tensorflow/'),
  )
  expect(wanted.map(([name]) => name)).toContain('@tensorflow/tfjs-core')
  const installed = wanted.map(([name]) => [name, manifest(`node_modules/${name}/`).version])
  expect(Object.fromEntries(wanted)).toEqual(Object.fromEntries(installed))
  expect(new Set(wanted.map(([, version]) => version)).size).toBe(1)
})

/** The backend on a device that nothing is asked of. */
function gpuBackend(): WebGPUBackend {
  vi.stubGlobal('WorkerGlobalScope', class {})
  vi.stubGlobal('navigator', { gpu: {} })
  try {
    const device = { queue: {}, features: new Set() } as unknown as GPUDevice
    return new WebGPUBackend(device, {} as GPUAdapterInfo)
  } finally {
    vi.unstubAllGlobals()
  }
}

describe('the command queue of the backend webgpu', () => {
  it('is there', () => {
    expect(commandQueue(gpuBackend()).dispatchCountInPass).toBe(0)
  })

  it.each([
    'commandEncoder',
    'computePassEncoder',
    'dispatchCountInPass',
    'commandQueueOwnedIds',
    'uniformPendingDisposal',
  ])('is missed by name without its %s', (field) => {
    const changed = gpuBackend()
    Reflect.deleteProperty(changed, field)
    expect(() => commandQueue(changed)).toThrow(InternalsError)
    expect(() => commandQueue(changed)).toThrow(`WebGPUBackend.${field} `)
  })
})

describe('the memory of the backend wasm', () => {
  it('is there', async () => {
    await useBackend('wasm', nodeAssets)
    const wasm = wasmMemory(backend() as BackendWasm)
    const pointer = wasm.allocate(64)
    expect(pointer).toBeGreaterThan(0)
    expect(wasm.memory.buffer.byteLength).toBeGreaterThan(pointer + 64)
    wasm.free(pointer)
  })

  const parts = { asm: { memory: {} }, _malloc: () => 0, _free: () => undefined }
  it.each([
    ['asm', { ...parts, asm: undefined }],
    ['_malloc', { ...parts, _malloc: undefined }],
    ['_free', { ...parts, _free: undefined }],
    ['asm.memory', { ...parts, asm: {} }],
  ])('is missed by name without its %s', (field, wasm) => {
    const changed = { wasm } as unknown as BackendWasm
    expect(() => wasmMemory(changed)).toThrow(InternalsError)
    expect(() => wasmMemory(changed)).toThrow(`BackendWasm.wasm.${field} `)
  })
})
