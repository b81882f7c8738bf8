import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu'
import { backend, registerKernel, type TensorInfo } from '@tensorflow/tfjs-core'
import { KERNELS, type ConvBackwardAttributes } from '../names'
import { registerPrepare } from '../prepare'
import { convForward } from './conv-forward'
import { convInputGradient } from './conv-input'
import { convWeightGradients } from './conv-weights'
import { gather } from './gather'
import { Gpu } from './gpu'
import { headBackward } from './head-backward'
import { headForward } from './head-forward'
import { headState } from './head-state'
import { memo } from '../../../geometry/memo'
import { optimize } from './optimize'
import { poolBackward, poolForward } from './pool'
import { term } from './term'

type GpuKernel = (gpu: Gpu, inputs: never, attributes: never) => TensorInfo

const kernels: Record<string, GpuKernel> = {
  [KERNELS.gather]: gather,
  [KERNELS.convForward]: convForward,
  [KERNELS.convBackward]: convBackward,
  [KERNELS.poolForward]: poolForward,
  [KERNELS.poolBackward]: poolBackward,
  [KERNELS.headState]: headState,
  [KERNELS.headForward]: headForward,
  [KERNELS.headBackward]: headBackward,
  [KERNELS.term]: term,
  [KERNELS.optimize]: optimize,
}

function convBackward(
  gpu: Gpu,
  inputs: Record<'input' | 'preActivations' | 'outputGradient' | 'parameters' | 'gradients', TensorInfo>,
  attributes: ConvBackwardAttributes,
): TensorInfo {
  convWeightGradients(gpu, inputs, attributes)
  return attributes.inputGradient ? convInputGradient(gpu, inputs, attributes) : gpu.allocate(0)
}

/** What was compiled lives as long as the backend, which is replaced when its device is lost. */
const gpuOf = memo((backend: WebGPUBackend) => new Gpu(backend))

/** Registers all kernels for the backend 'webgpu', as compute shaders. Call it once. */
export function registerWebgpuKernels(): void {
  for (const [kernelName, kernel] of Object.entries(kernels)) {
    registerKernel({
      kernelName,
      backendName: 'webgpu',
      kernelFunc: ({ inputs, attrs, backend }) =>
        kernel(gpuOf(backend as WebGPUBackend), inputs as never, attrs as never),
    })
  }
  registerPrepare('webgpu', (commands) => gpuOf(backend() as WebGPUBackend).prepare(commands))
}
