import type { Assets } from '../engine/assets'

/** The engine's bytes as they lie in the built package: from the disk in Node, over the network elsewhere. */
export const nodeAssets: Assets = {
  tfjsWasmUrl: locate('tfjs-backend-wasm-simd.wasm').href,
  kernels: async (name) => (await bytes(locate(`${name}.wasm`))).buffer,
  data: (file) => bytes(locate(`../dist/data/${file}`)),
}

/** @param path from the folder of the built library, in which this code lies then */
function locate(path: string): URL {
  return new URL(path, import.meta.url)
}

async function bytes(url: URL): Promise<Uint8Array<ArrayBuffer>> {
  if (url.protocol === 'file:') {
    const { readFile } = process.getBuiltinModule('node:fs/promises')
    return new Uint8Array(await readFile(url))
  }
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${url.href} is missing (${response.status})`)
  return new Uint8Array(await response.arrayBuffer())
}
