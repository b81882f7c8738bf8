/** What assembly/index.ts exports; pointers are byte offsets in the memory of the TensorFlow.js backend. */
export interface KernelModule {
  describe(
    ...shape: [
      batch: number,
      height: number,
      width: number,
      channels: number,
      size: number,
      stride: number,
      padTop: number,
      padLeft: number,
      outHeight: number,
      outWidth: number,
      filters: number,
    ]
  ): void
  scratchSize(): number
  convForward(
    input: number,
    slopes: number,
    slopeCount: number,
    weights: number,
    bias: number,
    z: number,
    scratch: number,
  ): void
  convBackward(
    input: number,
    slopesBefore: number,
    slopeCountBefore: number,
    z: number,
    slopesAfter: number,
    slopeCountAfter: number,
    dOutput: number,
    weights: number,
    dWeights: number,
    dBias: number,
    dSlopes: number,
    dInput: number,
    scratch: number,
  ): void
  poolForward(
    input: number,
    slopes: number,
    slopeCount: number,
    out: number,
    ...shape: [batch: number, height: number, width: number, channels: number]
  ): void
  poolBackward(
    input: number,
    slopes: number,
    slopeCount: number,
    dOutput: number,
    dInput: number,
    ...shape: [batch: number, height: number, width: number, channels: number]
  ): void
  squaredNorm(values: number, size: number): number
  adam(
    parameters: number,
    gradients: number,
    first: number,
    second: number,
    size: number,
    decayed: number,
    stepSize: number,
    secondCorrection: number,
    beta1: number,
    beta2: number,
    epsilon: number,
    decay: number,
    factor: number,
  ): void
  sgd(
    parameters: number,
    gradients: number,
    velocity: number,
    size: number,
    decayed: number,
    rate: number,
    momentum: number,
    decay: number,
    factor: number,
  ): void
}

/**
 * Instantiates the kernels on `memory`, in the build with fused multiply-add where the machine can run it.
 * @param load the bytes of kernels.wasm or kernels-relaxed.wasm
 */
export async function instantiateKernels(
  memory: WebAssembly.Memory,
  load: (name: 'kernels' | 'kernels-relaxed') => Promise<BufferSource>,
): Promise<KernelModule> {
  const relaxed = await load('kernels-relaxed')
  const bytes = WebAssembly.validate(relaxed) ? relaxed : await load('kernels')
  const { instance } = await WebAssembly.instantiate(bytes, { env: { memory } })
  return instance.exports as unknown as KernelModule
}
