import { registerKernel, type KernelConfig, type KernelBackend, type TensorInfo } from '@tensorflow/tfjs-core'
import { volume } from '../layout'
import { convBackward, convForward } from './host/conv'
import { gather } from './host/gather'
import { headBackward } from './host/head-backward'
import { headForward } from './host/head-forward'
import { headState } from './host/head-state'
import { optimize } from './host/optimize'
import { partialsLayout } from './host/partials'
import { poolBackward, poolForward } from './host/pool'
import { term } from './host/term'
import {
  KERNELS,
  type ConvBackwardAttributes,
  type ConvForwardAttributes,
  type GatherAttributes,
  type HeadAttributes,
  type HeadBackwardAttributes,
  type OptimizeAttributes,
  type PoolAttributes,
  type TermAttributes,
} from './names'

/** How kernels written in TypeScript reach the memory of a backend. */
export interface HostMemory {
  /** The values of a tensor, in place. Valid until the backend next allocates. */
  floats(tensor: TensorInfo): Float32Array
  ints(tensor: TensorInfo): Int32Array
  allocate(shape: number[]): TensorInfo
}

type Inputs = Record<string, TensorInfo>
export type HostKernel = (memory: HostMemory, inputs: Inputs, attributes: never) => TensorInfo

/** A kernel's named input. @throws {Error} when the caller forgot it. */
export function input(inputs: Inputs, name: string): TensorInfo {
  const tensor = inputs[name]
  if (!tensor) throw new Error(`a kernel misses its input "${name}"`)
  return tensor
}

const floatInputs = (memory: HostMemory, inputs: Inputs, ...names: string[]): Float32Array[] =>
  names.map((name) => memory.floats(input(inputs, name)))

export const hostKernels = {
  [KERNELS.gather]: (memory, inputs, a: GatherAttributes) => {
    const out = memory.allocate([a.rows * a.height * a.width])
    const images = memory.ints(input(inputs, 'images'))
    const plan = memory.ints(input(inputs, 'plan'))
    gather(images, plan, memory.floats(out), a)
    return out
  },
  [KERNELS.convForward]: (memory, inputs, a: ConvForwardAttributes) => {
    const out = memory.allocate([a.batch * volume(a.layer.output)])
    const [x, parameters] = floatInputs(memory, inputs, 'input', 'parameters')
    convForward(x!, parameters!, memory.floats(out), a)
    return out
  },
  [KERNELS.convBackward]: (memory, inputs, a: ConvBackwardAttributes) => {
    const out = memory.allocate([a.inputGradient ? a.batch * volume(a.layer.input) : 0])
    const [x, z, dy, parameters, gradients] = floatInputs(
      memory,
      inputs,
      'input',
      'preActivations',
      'outputGradient',
      'parameters',
      'gradients',
    )
    convBackward(x!, z!, dy!, parameters!, gradients!, memory.floats(out), a)
    return out
  },
  [KERNELS.poolForward]: (memory, inputs, a: PoolAttributes) => {
    const out = memory.allocate([a.batch * volume(a.layer.output)])
    const [x, parameters] = floatInputs(memory, inputs, 'input', 'parameters')
    poolForward(x!, parameters!, memory.floats(out), a)
    return out
  },
  [KERNELS.poolBackward]: (memory, inputs, a: PoolAttributes) => {
    const out = memory.allocate([a.batch * volume(a.layer.input)])
    const [x, dy, parameters] = floatInputs(memory, inputs, 'input', 'outputGradient', 'parameters')
    poolBackward(x!, dy!, parameters!, memory.floats(out), a)
    return out
  },
  [KERNELS.headState]: (memory, inputs, a: HeadAttributes) => {
    const out = memory.allocate([0])
    const [features, parameters] = floatInputs(memory, inputs, 'features', 'parameters')
    headState(features!, parameters!, memory.ints(input(inputs, 'plan')), a)
    return out
  },
  [KERNELS.headForward]: (memory, inputs, a: HeadAttributes) => {
    const out = memory.allocate([a.batch * partialsLayout(a.classes, a.head.subCenters).width])
    const [features, parameters] = floatInputs(memory, inputs, 'features', 'parameters')
    headForward(features!, parameters!, memory.ints(input(inputs, 'plan')), memory.floats(out), a)
    return out
  },
  [KERNELS.headBackward]: (memory, inputs, a: HeadBackwardAttributes) => {
    const out = memory.allocate([a.batch * a.dimension])
    const [partials, features, parameters, gradients, statistics] = floatInputs(
      memory,
      inputs,
      'partials',
      'features',
      'parameters',
      'gradients',
      'statistics',
    )
    headBackward(partials!, features!, parameters!, gradients!, statistics!, memory.floats(out), a)
    return out
  },
  [KERNELS.term]: (memory, inputs, a: TermAttributes) => {
    const out = memory.allocate([0])
    const [features, parameters, gradients, statistics, featureGradient] = floatInputs(
      memory,
      inputs,
      'features',
      'parameters',
      'gradients',
      'statistics',
      'featureGradient',
    )
    const plan = memory.ints(input(inputs, 'plan'))
    term(features!, parameters!, gradients!, plan, statistics!, featureGradient!, a)
    return out
  },
  [KERNELS.optimize]: (memory, inputs, a: OptimizeAttributes) => {
    const out = memory.allocate([0])
    const [parameters, gradients, moments] = floatInputs(memory, inputs, 'parameters', 'gradients', 'moments')
    optimize(parameters!, gradients!, moments!, a)
    return out
  },
} satisfies Record<string, HostKernel>

/** Registers kernels written in TypeScript for a backend. */
export function registerHostKernels(
  backendName: string,
  kernels: Record<string, HostKernel>,
  memoryOf: (backend: KernelBackend) => HostMemory,
): void {
  for (const [kernelName, kernel] of Object.entries(kernels)) {
    const config: KernelConfig = {
      kernelName,
      backendName,
      kernelFunc: ({ inputs, attrs, backend }) =>
        kernel(memoryOf(backend as KernelBackend), inputs as Inputs, attrs as never),
    }
    registerKernel(config)
  }
}
