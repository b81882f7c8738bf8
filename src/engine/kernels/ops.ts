import {
  concat1d,
  engine,
  mul,
  type NamedAttrMap,
  type NamedTensorMap,
  type Tensor1D,
} from '@tensorflow/tfjs-core'
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

// The kernels as typed functions; names.ts says what each computes.

function run(kernel: string, inputs: NamedTensorMap, attributes: object): Tensor1D {
  return engine().runKernel(kernel, inputs, attributes as NamedAttrMap)
}

export const gather = (
  inputs: { images: Tensor1D; plan: Tensor1D },
  attributes: GatherAttributes,
): Tensor1D => run(KERNELS.gather, inputs, attributes)

export const convForward = (
  inputs: { input: Tensor1D; parameters: Tensor1D },
  attributes: ConvForwardAttributes,
): Tensor1D => run(KERNELS.convForward, inputs, attributes)

export const convBackward = (
  inputs: {
    input: Tensor1D
    preActivations: Tensor1D
    outputGradient: Tensor1D
    parameters: Tensor1D
    gradients: Tensor1D
  },
  attributes: ConvBackwardAttributes,
): Tensor1D => run(KERNELS.convBackward, inputs, attributes)

export const poolForward = (
  inputs: { input: Tensor1D; parameters: Tensor1D },
  attributes: PoolAttributes,
): Tensor1D => run(KERNELS.poolForward, inputs, attributes)

export const poolBackward = (
  inputs: { input: Tensor1D; outputGradient: Tensor1D; parameters: Tensor1D },
  attributes: PoolAttributes,
): Tensor1D => run(KERNELS.poolBackward, inputs, attributes)

export const headState = (
  inputs: { features: Tensor1D; parameters: Tensor1D; plan: Tensor1D },
  attributes: HeadAttributes,
): Tensor1D => run(KERNELS.headState, inputs, attributes)

export const headForward = (
  inputs: { features: Tensor1D; parameters: Tensor1D; plan: Tensor1D },
  attributes: HeadAttributes,
): Tensor1D => run(KERNELS.headForward, inputs, attributes)

export const headBackward = (
  inputs: {
    partials: Tensor1D
    features: Tensor1D
    parameters: Tensor1D
    gradients: Tensor1D
    statistics: Tensor1D
  },
  attributes: HeadBackwardAttributes,
): Tensor1D => run(KERNELS.headBackward, inputs, attributes)

export const term = (
  inputs: {
    features: Tensor1D
    parameters: Tensor1D
    gradients: Tensor1D
    plan: Tensor1D
    statistics: Tensor1D
    featureGradient: Tensor1D
  },
  attributes: TermAttributes,
): Tensor1D => run(KERNELS.term, inputs, attributes)

export const optimize = (
  inputs: { parameters: Tensor1D; gradients: Tensor1D; moments: Tensor1D },
  attributes: OptimizeAttributes,
): Tensor1D => run(KERNELS.optimize, inputs, attributes)

/**
 * Tensors one after the other in a new one. Read this rather than a tensor that kernels write in place: the
 * WebGPU backend keeps what was once read of a tensor on the CPU, and would give that again.
 */
export function join(tensors: Tensor1D[]): Tensor1D {
  const [only, ...others] = tensors.filter(({ size }) => size > 0)
  // A single tensor is returned by backends as it is; the product is a copy.
  return only && others.length === 0 ? mul(only, 1) : concat1d(tensors)
}
