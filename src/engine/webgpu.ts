import { engine, env, registerBackend, removeBackend } from '@tensorflow/tfjs-core'

/** The adapter that the backend 'webgpu' runs on. */
export interface GpuInfo {
  /** Vendor, architecture and description, as far as the browser tells. */
  readonly text: string
  /** Whether it is a CPU that pretends: right, and slow. */
  readonly software: boolean
}

/** A device that can't be had; the message says why in half a sentence. */
export class GpuError extends Error {
  override readonly name = 'GpuError'
}

/**
 * Starts (or, after a lost device, starts again) the TensorFlow.js backend 'webgpu' with this project's kernels.
 * Tensors of a lost device stay dead, and may be disposed of.
 * @param onLost called with a sentence if the device is lost, other than on purpose
 * @throws {GpuError} when there is no adapter or no device
 */
export async function startWebgpu(onLost: (message: string) => void): Promise<GpuInfo> {
  const adapter = await requestAdapter()
  const device = await requestDevice(adapter)
  const { WebGPUBackend } = await loadBackend()
  // Else small tensors stay on the CPU, where kernels that write in place do not reach them.
  env().set('WEBGPU_CPU_FORWARD', false)
  // The package registers a start of its own when it is loaded, and we ours at an earlier start.
  if (engine().findBackendFactory('webgpu')) removeBackend('webgpu')
  registerBackend('webgpu', () => new WebGPUBackend(device, adapter.info))
  void device.lost.then(({ reason, message }) => {
    if (reason !== 'destroyed') onLost(`the GPU device was lost${message && ` (${message})`}`)
  })
  return describe(adapter.info)
}

/** Loaded only when asked for: half of the engine's code, which pages on the CPU never need. */
let loading: Promise<typeof import('@tensorflow/tfjs-backend-webgpu')> | null = null

function loadBackend(): Promise<typeof import('@tensorflow/tfjs-backend-webgpu')> {
  loading ??= (async () => {
    const [backend, { registerWebgpuKernels }] = await Promise.all([
      import('@tensorflow/tfjs-backend-webgpu'),
      import('./kernels/webgpu/register'),
    ])
    registerWebgpuKernels()
    return backend
  })()
  return loading
}

async function requestAdapter(): Promise<GPUAdapter> {
  // Missing in Node, in older browsers, and on pages without https.
  const { gpu } = (globalThis as { navigator?: { gpu?: GPU } }).navigator ?? {}
  if (!gpu) throw new GpuError('this browser does not have it')
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' })
  if (!adapter) throw new GpuError('there is no graphics processor that it can use')
  return adapter
}

/** Limits that large networks and data sets reach; the defaults are those of the weakest devices. */
const LIMITS = [
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxComputeWorkgroupSizeX',
  'maxComputeInvocationsPerWorkgroup',
] as const

async function requestDevice(adapter: GPUAdapter): Promise<GPUDevice> {
  const requiredLimits = Object.fromEntries(LIMITS.map((name) => [name, adapter.limits[name]]))
  try {
    return await adapter.requestDevice({ requiredLimits })
  } catch (cause) {
    throw new GpuError('the graphics processor refuses', { cause })
  }
}

function describe({ vendor, architecture, description, isFallbackAdapter }: GPUAdapterInfo): GpuInfo {
  const parts = [vendor, architecture, description].filter((part) => part !== '')
  return {
    text: parts.join(' ') || 'unknown',
    software: isFallbackAdapter || /swiftshader|llvmpipe|software/i.test(parts.join(' ')),
  }
}
