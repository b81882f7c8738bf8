import tfjsWasmUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url'
import type { Assets } from './assets'
import kernelsRelaxedUrl from './kernels/wasm/build/kernels-relaxed.wasm?url'
import kernelsUrl from './kernels/wasm/build/kernels.wasm?url'

/**
 * The engine's bytes, over the network.
 * @param base the address of the page; data files lie below it
 */
export function browserAssets(base: string): Assets {
  const absolute = (url: string): string => new URL(url, import.meta.url).href
  return {
    tfjsWasmUrl: absolute(tfjsWasmUrl),
    kernels: async (name) => {
      const url = name === 'kernels' ? kernelsUrl : kernelsRelaxedUrl
      return (await get(absolute(url))).arrayBuffer()
    },
    data: async (file, onProgress) => readAll(await get(new URL(`data/${file}`, base).href), onProgress),
  }
}

async function get(url: string): Promise<Response> {
  const response = await fetch(url).catch(() => {
    throw new Error('the network does not answer')
  })
  if (!response.ok) throw new Error(`the server answered ${response.status} for ${new URL(url).pathname}`)
  return response
}

async function readAll(
  response: Response,
  onProgress?: (loaded: number, total: number | null) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const length = Number(response.headers.get('content-length'))
  // With a content encoding the length is that of the encoded bytes.
  const total = length > 0 && !response.headers.has('content-encoding') ? length : null
  const chunks: Uint8Array[] = []
  let loaded = 0
  const reader = response.body!.getReader()
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    chunks.push(part.value)
    loaded += part.value.length
    onProgress?.(loaded, total)
  }
  const bytes = new Uint8Array(loaded)
  let offset = 0
  for (const chunk of chunks) {
    bytes.set(chunk, offset)
    offset += chunk.length
  }
  return bytes
}
