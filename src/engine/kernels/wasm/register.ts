import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import type { TensorInfo } from '@tensorflow/tfjs-core'
import { volume, type Activation } from '../../layout'
import { adamCorrections, clipFactor } from '../host/optimize'
import {
  ADAM_BETA2,
  ADAM_EPSILON,
  KERNELS,
  type ConvBackwardAttributes,
  type ConvForwardAttributes,
  type OptimizeAttributes,
  type PoolAttributes,
} from '../names'
import { hostKernels, input, registerHostKernels, type HostKernel, type HostMemory } from '../register-host'
import { wasmMemory, type WasmMemory } from '../tfjs-internals'
import { instantiateKernels, type KernelModule } from './module'

const FLOAT_BYTES = 4

/**
 * Registers all kernels for the backend 'wasm': convolutions, pooling and optimizers as WebAssembly on the
 * backend's own memory, the small rest in TypeScript. The backend by itself cannot train convolutions (it has
 * no gradient of their filters), and its products with a transposed matrix are ten times slower than these.
 */
export async function registerWasmKernels(
  backend: BackendWasm,
  load: Parameters<typeof instantiateKernels>[1],
): Promise<void> {
  const wasm = wasmMemory(backend)
  const kernels = await instantiateKernels(wasm.memory, load)
  registerHostKernels('wasm', { ...hostKernels, ...wasmKernels(backend, wasm, kernels) }, (b) =>
    tensorMemory(b as BackendWasm),
  )
}

function tensorMemory(backend: BackendWasm): HostMemory {
  return {
    floats: (tensor) => backend.typedArrayFromHeap(tensor) as Float32Array,
    ints: (tensor) => backend.typedArrayFromHeap(tensor) as Int32Array,
    allocate: (shape) => backend.makeOutput(shape, 'float32'),
  }
}

function wasmKernels(
  backend: BackendWasm,
  wasm: WasmMemory,
  kernels: KernelModule,
): Record<string, HostKernel> {
  const scratch = new Scratch(wasm)
  const at = (tensor: TensorInfo, offset = 0): number =>
    backend.dataIdMap.get(tensor.dataId).memoryOffset + FLOAT_BYTES * offset
  const slopes = (parameters: TensorInfo, activation: Activation): [pointer: number, count: number] =>
    activation.kind === 'prelu'
      ? [at(parameters, activation.offset), activation.count]
      : [0, activation.kind === 'relu' ? 0 : -1]

  const describeConv = ({ layer, batch }: ConvForwardAttributes): number => {
    const { input: i, output: o } = layer
    kernels.describe(
      batch,
      i.height,
      i.width,
      i.channels,
      layer.size,
      layer.stride,
      layer.padTop,
      layer.padLeft,
      o.height,
      o.width,
      o.channels,
    )
    return scratch.reserve(kernels.scratchSize())
  }

  return {
    [KERNELS.convForward]: (memory, inputs, a: ConvForwardAttributes) => {
      const x = input(inputs, 'input')
      const parameters = input(inputs, 'parameters')
      const { before, weights, bias, output } = a.layer
      const z = memory.allocate([a.batch * volume(output)])
      const work = describeConv(a)
      kernels.convForward(
        at(x),
        ...slopes(parameters, before),
        at(parameters, weights),
        at(parameters, bias),
        at(z),
        work,
      )
      return z
    },
    [KERNELS.convBackward]: (memory, inputs, a: ConvBackwardAttributes) => {
      const [x, z, dy] = ['input', 'preActivations', 'outputGradient'].map((name) => input(inputs, name))
      const parameters = input(inputs, 'parameters')
      const gradients = input(inputs, 'gradients')
      const { layer } = a
      const dx = memory.allocate([a.inputGradient ? a.batch * volume(layer.input) : 0])
      const work = describeConv(a)
      kernels.convBackward(
        at(x!),
        ...slopes(parameters, layer.before),
        at(z!),
        ...slopes(parameters, layer.after),
        at(dy!),
        at(parameters, layer.weights),
        at(gradients, layer.weights),
        at(gradients, layer.bias),
        layer.after.kind === 'prelu' ? at(gradients, layer.after.offset) : 0,
        a.inputGradient ? at(dx) : 0,
        work,
      )
      return dx
    },
    [KERNELS.poolForward]: (memory, inputs, { layer, batch }: PoolAttributes) => {
      const out = memory.allocate([batch * volume(layer.output)])
      const { height, width, channels } = layer.input
      kernels.poolForward(
        at(input(inputs, 'input')),
        ...slopes(input(inputs, 'parameters'), layer.before),
        at(out),
        batch,
        height,
        width,
        channels,
      )
      return out
    },
    [KERNELS.poolBackward]: (memory, inputs, { layer, batch }: PoolAttributes) => {
      const dx = memory.allocate([batch * volume(layer.input)])
      memory.floats(dx).fill(0)
      const { height, width, channels } = layer.input
      kernels.poolBackward(
        at(input(inputs, 'input')),
        ...slopes(input(inputs, 'parameters'), layer.before),
        at(input(inputs, 'outputGradient')),
        at(dx),
        batch,
        height,
        width,
        channels,
      )
      return dx
    },
    [KERNELS.optimize]: (memory, inputs, a: OptimizeAttributes) => {
      const [p, g, m] = ['parameters', 'gradients', 'moments'].map((name) => at(input(inputs, name)))
      const factor = clipFactor(kernels.squaredNorm(g!, a.size), a.clip)
      if (a.kind === 'adam') {
        const { stepSize, secondCorrection } = adamCorrections(a)
        kernels.adam(
          p!,
          g!,
          m!,
          m! + FLOAT_BYTES * a.size,
          a.size,
          a.decayed,
          stepSize,
          secondCorrection,
          a.momentum,
          ADAM_BETA2,
          ADAM_EPSILON,
          a.rate * a.weightDecay,
          factor,
        )
      } else {
        kernels.sgd(p!, g!, m!, a.size, a.decayed, a.rate, a.momentum, a.weightDecay, factor)
      }
      return memory.allocate([0])
    },
  }
}

/** One block of the backend's memory for intermediate results, which only ever grows. */
class Scratch {
  private pointer = 0
  private size = 0

  constructor(private readonly wasm: WasmMemory) {}

  reserve(bytes: number): number {
    if (bytes > this.size) {
      if (this.pointer !== 0) this.wasm.free(this.pointer)
      this.pointer = this.wasm.allocate(bytes)
      if (this.pointer === 0) throw new RangeError('WebAssembly is out of memory')
      this.size = bytes
    }
    return this.pointer
  }
}
