/**
 * What pages, workers and Node have alike beside the language, as far as it is used: the rooms that run in all three
 * (geometry, io, losses, datasets, engine) are checked with these declarations in place of those of any one of them.
 */

type BufferSource = ArrayBufferView<ArrayBuffer> | ArrayBuffer

declare function atob(text: string): string
declare function btoa(text: string): string
declare function setTimeout(callback: () => void, ms?: number): unknown
declare function fetch(url: string): Promise<Response>

declare const performance: { now(): number }

declare class URL {
  constructor(url: string, base?: string)
  readonly href: string
}

declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>
}

declare class TextDecoder {
  constructor(encoding?: string, options?: { readonly fatal?: boolean; readonly ignoreBOM?: boolean })
  decode(bytes?: ArrayBufferView | ArrayBuffer, options?: { readonly stream?: boolean }): string
}

declare class ReadableStream<T> {
  getReader(): ReadableStreamDefaultReader<T>
}

interface ReadableStreamDefaultReader<T> {
  read(): Promise<{ readonly done: false; readonly value: T } | { readonly done: true; readonly value?: T }>
  cancel(reason?: unknown): Promise<void>
}

declare class WritableStream<T> {
  getWriter(): WritableStreamDefaultWriter<T>
}

interface WritableStreamDefaultWriter<T> {
  readonly ready: Promise<void>
  write(chunk: T): Promise<void>
  close(): Promise<void>
}

declare class TransformStream<I, O> {
  readonly readable: ReadableStream<O>
  readonly writable: WritableStream<I>
}

type CompressionFormat = 'deflate' | 'deflate-raw' | 'gzip'

declare class CompressionStream extends TransformStream<BufferSource, Uint8Array<ArrayBuffer>> {
  constructor(format: CompressionFormat)
}

declare class DecompressionStream extends TransformStream<BufferSource, Uint8Array<ArrayBuffer>> {
  constructor(format: CompressionFormat)
}

declare class Response {
  readonly ok: boolean
  readonly status: number
  readonly headers: { get(name: string): string | null; has(name: string): boolean }
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>> | null
  arrayBuffer(): Promise<ArrayBuffer>
}

interface MessagePort {
  onmessage: ((event: { readonly data: unknown }) => void) | null
  postMessage(message: unknown): void
  close(): void
}

declare class MessageChannel {
  readonly port1: MessagePort
  readonly port2: MessagePort
}

declare namespace WebAssembly {
  class Memory {
    readonly buffer: ArrayBuffer
  }
  interface Instance {
    readonly exports: Readonly<Record<string, unknown>>
  }
  function validate(bytes: BufferSource): boolean
  function instantiate(
    bytes: BufferSource,
    imports: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  ): Promise<{ readonly instance: Instance }>
}
