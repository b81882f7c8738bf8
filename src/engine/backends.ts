import { backend, enableProdMode, env, setBackend } from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import { setWasmPaths, type BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import type { Assets } from './assets'
import { registerCpuKernels } from './kernels/register-cpu'
import { registerWasmKernels } from './kernels/wasm/register'
import { GpuError, startWebgpu, type GpuInfo } from './webgpu'

export type { GpuInfo }
export type BackendName = 'webgpu' | 'wasm' | 'cpu'

/** A backend that this machine does not have or that failed to start; the message says which and why. */
export class BackendError extends Error {
  override readonly name = 'BackendError'
}

// Also keeps TensorFlow.js from advertising its other packages on standard error.
enableProdMode()

const started = new Set<BackendName>()

/**
 * Makes a backend current, starting it and registering its kernels the first time.
 * @throws {BackendError} when this machine does not have it.
 */
export async function useBackend(name: BackendName, assets: Assets): Promise<void> {
  if (!started.has(name)) {
    await start[name](assets)
    started.add(name)
  }
  if (!(await setBackend(name))) throw new BackendError(`the backend "${name}" did not start`)
}

let adapter: GpuInfo | null = null
const lossListeners = new Set<(message: string) => void>()

/** What the backend 'webgpu' runs on, or null before it started. */
export function gpuInfo(): GpuInfo | null {
  return adapter
}

/**
 * Calls `listener` with a sentence whenever the GPU device is lost (the driver restarted, say). Its tensors are
 * dead then, pending reads reject, and `useBackend('webgpu')` starts anew.
 * @returns a function that ends this
 */
export function onDeviceLost(listener: (message: string) => void): () => void {
  lossListeners.add(listener)
  return () => lossListeners.delete(listener)
}

const start: Record<BackendName, (assets: Assets) => Promise<void>> = {
  cpu: async () => {
    registerCpuKernels()
    await Promise.resolve()
  },
  wasm: async (assets) => {
    // With threads the backend starts workers from strings, which the page's security policy forbids.
    env().set('WASM_HAS_MULTITHREAD_SUPPORT', false)
    const url = assets.tfjsWasmUrl
    if (url !== undefined) {
      setWasmPaths({
        'tfjs-backend-wasm.wasm': url,
        'tfjs-backend-wasm-simd.wasm': url,
        'tfjs-backend-wasm-threaded-simd.wasm': url,
      })
    }
    if (!(await setBackend('wasm'))) throw new BackendError('WebAssembly with SIMD is not available here')
    await registerWasmKernels(backend() as BackendWasm, (kernel) => assets.kernels(kernel))
  },
  webgpu: async () => {
    try {
      adapter = await startWebgpu((message) => {
        started.delete('webgpu')
        lossListeners.forEach((listener) => {
          listener(message)
        })
      })
    } catch (error) {
      if (error instanceof GpuError) throw new BackendError(`WebGPU does not start: ${error.message}`)
      throw error
    }
  },
}
