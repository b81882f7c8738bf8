import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu'

// All that is used of TensorFlow.js and that its types keep private or leave out. Its packages are pinned to one
// version; with another, what is used here is to be read anew in their sources.

/** Not there, or something else, in the version of TensorFlow.js that is installed; the message says which. */
export class InternalsError extends Error {
  override readonly name = 'InternalsError'
}

/** The command queue of the backend 'webgpu', which kernels of one's own must take part in. */
export interface CommandQueue {
  readonly commandEncoder: GPUCommandEncoder
  computePassEncoder: GPUComputePassEncoder | null
  dispatchCountInPass: number
  /** Data that the commands not yet submitted use, and that must outlive them. */
  readonly commandQueueOwnedIds: WeakSet<object>
  /** Buffers that return to the backend's pool with the next submission. */
  readonly uniformPendingDisposal: GPUBuffer[]
}

/** @throws {InternalsError} */
export function commandQueue(backend: WebGPUBackend): CommandQueue {
  expectFields('WebGPUBackend', backend, {
    commandEncoder: 'object',
    computePassEncoder: 'object',
    dispatchCountInPass: 'number',
    commandQueueOwnedIds: 'object',
    uniformPendingDisposal: 'object',
  } satisfies Record<keyof CommandQueue, Kind>)
  return backend as unknown as CommandQueue
}

/** The memory of the backend 'wasm', as Emscripten gives it to the backend's module. */
export interface WasmMemory {
  readonly memory: WebAssembly.Memory
  /** @returns the address of so many bytes; 0 when there is no memory. */
  allocate(bytes: number): number
  free(pointer: number): void
}

interface Emscripten {
  readonly asm: { readonly memory: WebAssembly.Memory }
  _malloc(bytes: number): number
  _free(pointer: number): void
}

/** @throws {InternalsError} */
export function wasmMemory(backend: BackendWasm): WasmMemory {
  const module = backend.wasm as unknown as Emscripten
  expectFields('BackendWasm.wasm', module, {
    asm: 'object',
    _malloc: 'function',
    _free: 'function',
  } satisfies Record<keyof Emscripten, Kind>)
  expectFields('BackendWasm.wasm.asm', module.asm, { memory: 'object' })
  return {
    memory: module.asm.memory,
    allocate: (bytes) => module._malloc(bytes) >>> 0,
    free: (pointer) => module._free(pointer),
  }
}

/** What `typeof` says; "object" may be null. */
type Kind = 'object' | 'function' | 'number'

function expectFields(owner: string, value: object, fields: Readonly<Record<string, Kind>>): void {
  for (const [field, kind] of Object.entries(fields)) {
    if (typeof (value as Record<string, unknown>)[field] === kind) continue
    throw new InternalsError(
      `TensorFlow.js has changed: ${owner}.${field} should be there (${kind}), which our kernels use`,
    )
  }
}
