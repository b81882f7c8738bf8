type Transform = TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>

/** Written at a time. A decompressor may answer a piece with a thousand times as much, all at once. */
const PIECE = 1 << 15

/**
 * What comes out of a stream (a compressor, a decompressor) for bytes, chunk by chunk. Leaving the loop early stops
 * the stream.
 */
export async function* pipe(
  bytes: Uint8Array<ArrayBuffer>,
  { readable, writable }: Transform,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, void> {
  const reader = readable.getReader()
  // What goes wrong there is met by reading; and what follows the end of compressed data may never be taken.
  write(bytes, writable.getWriter()).catch(() => undefined)
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      yield value
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

async function write(
  bytes: Uint8Array<ArrayBuffer>,
  writer: WritableStreamDefaultWriter<Uint8Array<ArrayBuffer>>,
): Promise<void> {
  for (let at = 0; at < bytes.length; at += PIECE) {
    await writer.ready
    await writer.write(bytes.subarray(at, at + PIECE))
  }
  await writer.close()
}

/** All that comes out of `stream` for `bytes`, given up once it passes `limit`. @throws {RangeError} then */
export async function pipeAll(
  bytes: Uint8Array<ArrayBuffer>,
  stream: Transform,
  limit = Infinity,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of pipe(bytes, stream)) {
    chunks.push(chunk)
    length += chunk.length
    if (length > limit) throw new RangeError('more data than announced')
  }
  const out = new Uint8Array(length)
  let offset = 0
  for (const chunk of chunks) {
    out.set(chunk, offset)
    offset += chunk.length
  }
  return out
}
