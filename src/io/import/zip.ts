import { pipe } from '../pipe'
import { count, ImportError, quote, type SourceFile } from './errors'
import { LIMITS, MIB, within } from './limits'

/** A file within a zip. */
export interface ZipEntry {
  /** Its path, parts separated by "/"; never one that leaves the archive. */
  readonly path: string
  /** As the directory says; reading checks it. */
  readonly size: number
  readonly method: number
  readonly encrypted: boolean
  readonly packedSize: number
  /** Of its own header. */
  readonly offset: number
}

const END = 0x06054b50
const ENTRY = 0x02014b50
const LOCAL = 0x04034b50
const END_SIZE = 22
const ENTRY_SIZE = 46
const LOCAL_SIZE = 30
const MOST_COMMENT = 0xffff

/** Whether the bytes begin as a zip does, also one without files. */
export const looksLikeZip = ({ bytes }: SourceFile): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5)

/**
 * The files of a zip (PKWARE's APPNOTE 4.3), from its directory alone: nothing is decompressed.
 * @throws {ImportError} when it is damaged, too large, or has a path that leaves it
 */
export function listZip(file: SourceFile): ZipEntry[] {
  const { name, bytes } = file
  const view = viewOf(file)
  const damaged = (): never => {
    throw new ImportError(`${name} is a damaged zip`, 'download or pack it again')
  }
  let end = bytes.length - END_SIZE
  const lowest = Math.max(0, end - MOST_COMMENT)
  while (end >= lowest && view.getUint32(end, true) !== END) end--
  if (end < lowest) damaged()
  const announced = view.getUint16(end + 10, true)
  const entries: ZipEntry[] = []
  const seen = new Set<string>()
  let at = view.getUint32(end + 16, true)
  let total = 0
  let packed = 0
  // Zip64 has more entries than the old field can say: the directory ends where its entries do.
  while (at + ENTRY_SIZE <= end && view.getUint32(at, true) === ENTRY) {
    const nameEnd = at + ENTRY_SIZE + view.getUint16(at + 28, true)
    if (nameEnd > end) damaged()
    const entry: ZipEntry = {
      path: safePath(name, bytes.subarray(at + ENTRY_SIZE, nameEnd)),
      size: view.getUint32(at + 24, true),
      method: view.getUint16(at + 10, true),
      encrypted: (view.getUint16(at + 8, true) & 1) === 1,
      packedSize: view.getUint32(at + 20, true),
      offset: view.getUint32(at + 42, true),
    }
    within(
      entries.length + 1,
      LIMITS.entries,
      `${name} has ${count(entries.length + 1)} files or more`,
      'pack fewer',
    )
    if (seen.has(entry.path))
      throw new ImportError(`${name} holds ${quote(entry.path)} twice`, 'pack it again')
    seen.add(entry.path)
    total += entry.size
    packed += entry.packedSize
    // Files that lie over each other make a bomb of a small zip.
    if (packed > bytes.length) damaged()
    within(
      Math.ceil(total / MIB),
      LIMITS.unpacked / MIB,
      `${name} has ${count(Math.ceil(total / MIB))} MiB unpacked`,
      'pack fewer or smaller files',
    )
    entries.push(entry)
    at = nameEnd + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  if (announced !== 0xffff && entries.length !== announced) damaged()
  return entries
}

/**
 * The bytes of one file of a zip. They are allocated once it is known that they are as many as the directory says.
 * @throws {ImportError} when they are not, or can't be read
 */
export async function readZipEntry(
  file: SourceFile,
  entry: ZipEntry,
  most: number = LIMITS.entry,
): Promise<Uint8Array<ArrayBuffer>> {
  const { name, bytes } = file
  const { path, offset, size, packedSize, method } = entry
  const title = `${quote(path)} in ${name}`
  if (entry.encrypted) throw new ImportError(`${title} has a password`, 'pack it without one')
  if (method !== 0 && method !== 8) {
    throw new ImportError(`${title} is packed in an uncommon way`, 'pack it with the usual method, Deflate')
  }
  within(
    Math.ceil(size / MIB),
    Math.ceil(most / MIB),
    `${title} has ${count(Math.ceil(size / MIB))} MiB`,
    'make it smaller',
  )
  const damaged = (cause?: unknown): never => {
    throw new ImportError(`${title} is damaged`, 'download or pack it again', { cause })
  }
  const view = viewOf(file)
  if (offset + LOCAL_SIZE > bytes.length || view.getUint32(offset, true) !== LOCAL) damaged()
  const start = offset + LOCAL_SIZE + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true)
  if (start + packedSize > bytes.length) damaged()
  const packed = bytes.subarray(start, start + packedSize)
  if (method === 0) return packedSize === size ? packed : damaged()
  // No more than Deflate can pack is allocated for a file that lies.
  if (size > 1032 * packedSize) damaged()
  const out = new Uint8Array(size)
  let filled = 0
  try {
    for await (const chunk of pipe(packed, new DecompressionStream('deflate-raw'))) {
      // A bomb ends here: leaving the loop stops decompressing.
      if (filled + chunk.length > size) return damaged()
      out.set(chunk, filled)
      filled += chunk.length
    }
  } catch (error) {
    damaged(error)
  }
  return filled === size ? out : damaged()
}

function viewOf({ bytes }: SourceFile): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** Nothing is written anywhere, but a path that leaves its archive is a trick, and so is all beside it. */
function safePath(name: string, bytes: Uint8Array): string {
  const path = decodePath(bytes).replaceAll('\\', '/')
  if (
    path.startsWith('/') ||
    /^[a-z]:/i.test(path) ||
    path.split('/').includes('..') ||
    path.includes('\0')
  ) {
    throw new ImportError(`${name} holds the path ${quote(path)}, which leads out of it`, 'pack it again')
  }
  return path
}

/**
 * A path in UTF-8, as most programs write it, or else in the character set that zips began with (APPNOTE, appendix
 * D).
 */
function decodePath(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return Array.from(bytes, (byte) => (byte < 128 ? String.fromCharCode(byte) : CP437[byte - 128]!)).join('')
  }
}

/** The upper half of code page 437. */
const CP437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐' +
  '└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0'
