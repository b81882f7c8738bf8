import { pipeAll } from './pipe'

/** How a file's failure is told: with a sentence, and what it came from. */
type Failure = new (message: string, options?: ErrorOptions) => Error

/** The start of a file: four letters as uint32, then the length of the header. */
const START = 8
const MOST_HEADER = 2 ** 18

/**
 * A file of this program: a magic number, the length of a JSON header (both uint32, little-endian), the header, one
 * gzip.
 */
export async function packFile(
  magic: number,
  header: unknown,
  contents: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  return joinFile(magic, header, await pipeAll(contents, new CompressionStream('gzip')))
}

/** The same of contents that are compressed already. */
export function joinFile(
  magic: number,
  header: unknown,
  body: Uint8Array<ArrayBuffer>,
): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(JSON.stringify(header))
  const out = new Uint8Array(START + text.length + body.length)
  const view = new DataView(out.buffer)
  view.setUint32(0, magic, true)
  view.setUint32(4, text.length, true)
  out.set(text, START)
  out.set(body, START + text.length)
  return out
}

/** A file whose header is read, and whose contents are not inflated yet. */
interface PackedFile {
  readonly header: unknown
  /** The contents, compressed. */
  readonly body: Uint8Array<ArrayBuffer>
  /**
   * @param size bytes that the header promises; no more memory is taken
   * @throws {Failure} when they are damaged or of another number
   */
  inflate(size: number): Promise<Uint8Array<ArrayBuffer>>
}

/**
 * @param what "a data set", "a recording": what it should be
 * @throws {Failure} when it is not such a file, or its header is damaged
 */
export function openPackedFile(
  bytes: Uint8Array<ArrayBuffer>,
  magic: number,
  what: string,
  Failure: Failure,
): PackedFile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < START || view.getUint32(0, true) !== magic) {
    throw new Failure(`the file is not ${what} of this program`)
  }
  const end = START + view.getUint32(4, true)
  if (end > MOST_HEADER) throw new Failure('the header of the file is too large')
  if (end > bytes.length) throw new Failure('the file ends within its header')
  let header: unknown
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(START, end)))
  } catch (cause) {
    throw new Failure('the header of the file can not be read', { cause })
  }
  const body = bytes.subarray(end)
  return {
    header,
    body,
    async inflate(size) {
      const data = await pipeAll(body, new DecompressionStream('gzip'), size).catch((cause: unknown) => {
        throw new Failure('the file is damaged: it can not be decompressed', { cause })
      })
      if (data.length !== size) throw new Failure('the file is damaged: it has the wrong length')
      return data
    },
  }
}
