/** How the engine gets at bytes: over the network in a page, from the disk in Node. */
export interface Assets {
  /** The WebAssembly kernels of this project. */
  kernels(name: 'kernels' | 'kernels-relaxed'): Promise<ArrayBuffer>
  /** Where the TensorFlow.js backend finds its binary with SIMD; Node finds it by itself. */
  readonly tfjsWasmUrl?: string
  /**
   * A file below `public/data`.
   * @param onProgress gets the bytes that have come and, where known, their total
   */
  data(
    file: string,
    onProgress?: (loaded: number, total: number | null) => void,
  ): Promise<Uint8Array<ArrayBuffer>>
}
