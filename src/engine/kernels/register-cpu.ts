import type { TensorInfo } from '@tensorflow/tfjs-core'
import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu'
import { hostKernels, registerHostKernels, type HostMemory } from './register-host'

/** Registers all kernels for the backend 'cpu', in plain TypeScript. */
export function registerCpuKernels(): void {
  registerHostKernels('cpu', hostKernels, (backend) => cpuMemory(backend as MathBackendCPU))
}

function cpuMemory(backend: MathBackendCPU): HostMemory {
  const values = (tensor: TensorInfo): unknown => backend.data.get(tensor.dataId).values
  return {
    floats: (tensor) => values(tensor) as Float32Array,
    ints: (tensor) => values(tensor) as Int32Array,
    allocate: (shape) => {
      const size = shape.reduce((product, n) => product * n, 1)
      return backend.makeTensorInfo(shape, 'float32', new Float32Array(size))
    },
  }
}
