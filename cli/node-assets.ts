import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Assets } from '../src/engine/assets'

const root = new URL('..', import.meta.url)

async function bytes(path: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await readFile(fileURLToPath(new URL(path, root))))
}

/** The engine's bytes, from this checkout. */
export const nodeAssets: Assets = {
  kernels: async (name) => (await bytes(`src/engine/kernels/wasm/build/${name}.wasm`)).buffer,
  data: (file) => bytes(`public/data/${file}`),
}
