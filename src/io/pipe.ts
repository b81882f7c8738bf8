type Transform = TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>

/** What comes out of a stream (a compressor, a decompressor) for bytes, chunk by chunk. */
export async function* pipe(
  bytes: Uint8Array<ArrayBuffer>,
  stream: Transform,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, void> {
  // Leaving the loop early cancels the stream.
  for await (const chunk of new Blob([bytes]).stream().pipeThrough(stream)) yield chunk
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
