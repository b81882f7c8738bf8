import { pipe } from '../pipe'
import { ImportError, type SourceFile } from './errors'

/** Reads a file from its start, decompressing it on the way if it is gzip, so that little of it is held at once. */
export class ByteStream {
  private readonly chunks: AsyncGenerator<Uint8Array<ArrayBuffer>, void, void>
  private rest = new Uint8Array(0)
  /** Bytes that it can hold: gzip packs 1 : 1032 at best. */
  private readonly most: number

  constructor(private readonly file: SourceFile) {
    const packed = isGzip(file.bytes)
    this.most = packed ? 1032 * file.bytes.length : file.bytes.length
    this.chunks = packed
      ? pipe(file.bytes, new DecompressionStream('gzip'))
      : (async function* () {
          await Promise.resolve()
          yield file.bytes
        })()
  }

  /** @throws {ImportError} unless the file can hold `n` bytes in all. */
  checkHolds(n: number): void {
    if (n > this.most) this.endsEarly()
  }

  /** The next `n` bytes. @throws {ImportError} when the file ends before, or is damaged. */
  async take(n: number): Promise<Uint8Array<ArrayBuffer>> {
    if (this.rest.length >= n) return this.cut(n)
    // More than a damaged file can hold must not be allocated for it.
    this.checkHolds(n)
    const out = new Uint8Array(n)
    let filled = 0
    for (;;) {
      const part = this.cut(Math.min(this.rest.length, n - filled))
      out.set(part, filled)
      filled += part.length
      if (filled === n) return out
      const chunk = await this.next()
      if (!chunk) this.endsEarly()
      // A whole chunk serves as it is, which for a plain file means no copy at all.
      if (chunk && filled === 0 && chunk.length >= n) {
        this.rest = chunk
        return this.cut(n)
      }
      if (chunk) this.rest = chunk
    }
  }

  /** @throws {ImportError} unless all has been taken. */
  async end(): Promise<void> {
    let chunk: Uint8Array<ArrayBuffer> | null = this.rest
    while (chunk?.length === 0) chunk = await this.next()
    if (!chunk) return
    throw new ImportError(`${this.file.name} holds more than its header says`, 'download or copy it again')
  }

  /** Lets go of what was not read. */
  async close(): Promise<void> {
    await this.chunks.return()
  }

  private endsEarly(): never {
    throw new ImportError(`${this.file.name} ends too early`, 'download or copy it again')
  }

  private cut(n: number): Uint8Array<ArrayBuffer> {
    const part = this.rest.subarray(0, n)
    this.rest = this.rest.subarray(n)
    return part
  }

  private async next(): Promise<Uint8Array<ArrayBuffer> | null> {
    try {
      const { value } = await this.chunks.next()
      return value ?? null
    } catch (cause) {
      throw new ImportError(
        `${this.file.name} is damaged and can not be decompressed`,
        'download or copy it again',
        { cause },
      )
    }
  }
}

/** Whether the bytes begin as those of gzip do (RFC 1952). */
export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b
