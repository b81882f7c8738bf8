import tfjsWasmUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url'
import type { Assets } from './assets'
import kernelsUrl from './kernels/wasm/build/kernels.wasm?url'
import relaxedKernelsUrl from './kernels/wasm/build/kernels-relaxed.wasm?url'

/** A file of the page that did not come; the message says which and why. */
export class AssetError extends Error {
  override readonly name = 'AssetError'
}

/**
 * The engine's bytes, over the network.
 * @param base the address of the page (`document.baseURI`), which a worker can't know by itself
 */
export function browserAssets(base: string): Assets {
  const urlOf = (path: string): string => new URL(path, base).href
  return {
    tfjsWasmUrl: urlOf(tfjsWasmUrl),
    kernels: async (name) => {
      const url = urlOf(name === 'kernels' ? kernelsUrl : relaxedKernelsUrl)
      return await (await request(url)).arrayBuffer()
    },
    data: async (file, onProgress) => {
      const url = urlOf(`${import.meta.env.BASE_URL}data/${file}`)
      return readBytes(await request(url), onProgress)
    },
  }
}

async function request(url: string): Promise<Response> {
  const response = await fetch(url).catch((cause: unknown) => {
    throw new AssetError(`${url} can not be reached`, { cause })
  })
  if (!response.ok) throw new AssetError(`${url} is missing (${response.status})`)
  return response
}

/** The body of a response, with progress; the total is known where the server says it and does not compress. */
async function readBytes(
  response: Response,
  onProgress: (loaded: number, total: number | null) => void = () => undefined,
): Promise<Uint8Array<ArrayBuffer>> {
  if (!response.body) return new Uint8Array()
  const length = response.headers.has('content-encoding') ? null : response.headers.get('content-length')
  const total = length === null ? null : Number(length)
  const chunks: Uint8Array[] = []
  let loaded = 0
  onProgress(loaded, total)
  for await (const chunk of chunksOf(response.body)) {
    chunks.push(chunk)
    loaded += chunk.length
    onProgress(loaded, total)
  }
  const bytes = new Uint8Array(loaded)
  let offset = 0
  for (const chunk of chunks) {
    bytes.set(chunk, offset)
    offset += chunk.length
  }
  return bytes
}

/** Streams are not iterable in Safari. */
async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    yield value
  }
}
