import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu'
import { env, type TensorInfo } from '@tensorflow/tfjs-core'
import { recent } from '../../../geometry/recent'
import { commandQueue, type CommandQueue } from '../tfjs-internals'
import type { Program } from './program'

interface Compiled {
  readonly pipeline: GPUComputePipeline
  readonly layout: GPUBindGroupLayout
}

/** So many pipelines are kept; a run needs far fewer, but every ψ that a user writes is one. */
const MOST_PIPELINES = 256

/** So many sets of numbers; a step needs a few dozen, but each count of images that are looked at has its own. */
const MOST_CONSTANTS = 512

/**
 * Runs programs on the tensors of a backend, in order with the backend's own. Unlike the backend's
 * `runWebGPUProgram` it binds several tensors for writing, in place, and does no work for shapes.
 */
export class Gpu {
  private readonly compiled = new Map<string, Compiled>()
  /** One that is let go of is freed with the last commands that use it. */
  private readonly constants = recent<GPUBuffer>(MOST_CONSTANTS)
  /** While it is a set, programs are put there and not dispatched. */
  private rehearsed: Set<Program> | null = null

  private readonly queue: CommandQueue

  /** @throws {InternalsError} when TensorFlow.js is not as it was. */
  constructor(private readonly backend: WebGPUBackend) {
    this.queue = commandQueue(backend)
  }

  /** A new tensor of floats; whatever runs next must write all of it. */
  allocate(size: number): TensorInfo {
    // An empty tensor gets its (no) values at once, since it never gets a buffer to read them from.
    return size === 0
      ? this.backend.makeTensorInfo([0], 'float32', new Float32Array(0))
      : this.backend.makeTensorInfo([size], 'float32')
  }

  /** Frees a tensor that only commands already recorded use. */
  release(tensor: TensorInfo): void {
    this.backend.disposeData(tensor.dataId)
  }

  /**
   * Compiles what `commands` would dispatch, all at once and in the background; a dispatch compiles by itself, but
   * holds up whatever else the page wants of the GPU.
   */
  async prepare(commands: () => void): Promise<void> {
    const programs = new Set<Program>()
    this.rehearsed = programs
    try {
      commands()
    } finally {
      this.rehearsed = null
    }
    const { device } = this.backend
    const missing = [...programs].filter(({ source }) => !this.compiled.has(source))
    await Promise.all(
      missing.map(async (program) => {
        const layout = this.layoutOf(program)
        const pipeline = await device.createComputePipelineAsync(this.describe(program, layout))
        this.keep(program, { pipeline, layout })
      }),
    )
  }

  dispatch<Buffers extends string, Settings extends string>(
    program: Program<Buffers, Settings>,
    tensors: Readonly<Record<Buffers, TensorInfo>>,
    settings: Readonly<Record<Settings, number>>,
    [x, y = 1, z = 1]: readonly [x: number, y?: number, z?: number],
  ): void {
    const most = this.backend.device.limits.maxComputeWorkgroupsPerDimension
    if (Math.max(x, y, z) > most)
      throw new RangeError(`${program.label}: too many images at once for the GPU`)
    if (this.rehearsed) {
      this.rehearsed.add(program)
      return
    }
    const { backend, queue } = this
    const { pipeline, layout } = this.compile(program)
    const bound = (Object.keys(program.buffers) as Buffers[]).map((name) => tensors[name])
    // Uploads may record a copy, which has to come before the compute pass.
    const buffers = bound.map((tensor) => this.bufferOf(tensor))
    buffers.push(this.settingsBuffer(program, settings))
    const bindGroup = backend.device.createBindGroup({
      layout,
      entries: buffers.map((buffer, binding) => ({ binding, resource: { buffer } })),
    })

    backend.ensureCommandEncoderReady()
    for (const { dataId } of bound) queue.commandQueueOwnedIds.add(dataId)
    queue.computePassEncoder ??= queue.commandEncoder.beginComputePass()
    queue.computePassEncoder.setPipeline(pipeline)
    queue.computePassEncoder.setBindGroup(0, bindGroup)
    queue.computePassEncoder.dispatchWorkgroups(x, y, z)
    queue.dispatchCountInPass++
    if (queue.dispatchCountInPass >= env().getNumber('WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE')) {
      backend.endComputePassEncoder()
      backend.submitQueue()
    }
  }

  private bufferOf(tensor: TensorInfo): GPUBuffer {
    this.backend.uploadToGPU(tensor.dataId)
    return this.backend.tensorMap.get(tensor.dataId).resource as GPUBuffer
  }

  private compile(program: Program): Compiled {
    let compiled = this.compiled.get(program.source)
    if (!compiled) {
      const layout = this.layoutOf(program)
      const pipeline = this.backend.device.createComputePipeline(this.describe(program, layout))
      compiled = { pipeline, layout }
      this.keep(program, compiled)
    }
    return compiled
  }

  /** Lets go of the oldest for it; one that is still in use is compiled again. */
  private keep({ source }: Program, compiled: Compiled): void {
    this.compiled.set(source, compiled)
    if (this.compiled.size > MOST_PIPELINES) this.compiled.delete(this.compiled.keys().next().value!)
  }

  private layoutOf({ label, buffers }: Program): GPUBindGroupLayout {
    const types: GPUBufferBindingType[] = Object.values(buffers).map(({ access }) =>
      access === 'read' ? 'read-only-storage' : 'storage',
    )
    return this.backend.device.createBindGroupLayout({
      label,
      entries: [...types, 'uniform' as const].map((type, binding) => ({
        binding,
        visibility: GPUShaderStage.COMPUTE,
        buffer: { type },
      })),
    })
  }

  private describe({ label, source }: Program, layout: GPUBindGroupLayout): GPUComputePipelineDescriptor {
    const { device } = this.backend
    return {
      label,
      layout: device.createPipelineLayout({ bindGroupLayouts: [layout] }),
      compute: { module: device.createShaderModule({ label, code: source }), entryPoint: 'main' },
    }
  }

  private settingsBuffer(program: Program, values: Readonly<Record<string, number>>): GPUBuffer {
    const view = new DataView(new ArrayBuffer(4 * Object.keys(program.settings).length))
    Object.entries(program.settings).forEach(([name, type], i) => {
      if (type === 'f32') view.setFloat32(4 * i, values[name]!, true)
      else view.setUint32(4 * i, values[name]!, true)
    })
    return program.live ? this.passingBuffer(view) : this.constantBuffer(view)
  }

  /** A uniform buffer that returns to the backend's pool with the next submission. */
  private passingBuffer(data: DataView<ArrayBuffer>): GPUBuffer {
    const usage = GPUBufferUsage.COPY_DST | GPUBufferUsage.UNIFORM
    const buffer = this.backend.bufferManager.acquireBuffer(data.byteLength, usage)
    this.backend.queue.writeBuffer(buffer, 0, data)
    this.queue.uniformPendingDisposal.push(buffer)
    return buffer
  }

  private constantBuffer(data: DataView<ArrayBuffer>): GPUBuffer {
    const key = new Uint32Array(data.buffer).join()
    return this.constants(key, () => {
      const buffer = this.backend.device.createBuffer({
        size: data.byteLength,
        usage: GPUBufferUsage.UNIFORM,
        mappedAtCreation: true,
      })
      new Uint8Array(buffer.getMappedRange()).set(new Uint8Array(data.buffer))
      buffer.unmap()
      return buffer
    })
  }
}
