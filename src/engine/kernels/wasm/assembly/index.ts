// Kernels for the memory of the TensorFlow.js WebAssembly backend, which this module imports. It must not
// have data or a stack of its own there: no strings, arrays or objects.

export { describe, scratchSize, convForward, convBackward } from './conv'
export { poolForward, poolBackward } from './pool'
export { adam, sgd, squaredNorm } from './optimize'
