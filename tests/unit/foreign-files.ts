import fc from 'fast-check'
import { gzipSync } from 'node:zlib'
import { expect } from 'vitest'
import { ImportError, type SourceFile } from '../../src/io/import/errors'

// Files as other programs write them, and ways to break them.

export const file = (name: string, content: Uint8Array | string): SourceFile => ({
  name,
  bytes: new Uint8Array(typeof content === 'string' ? new TextEncoder().encode(content) : content),
})

export const gzip = ({ name, bytes }: SourceFile): SourceFile => file(`${name}.gz`, gzipSync(bytes))

/** An IDX file; its header may lie about its dimensions. */
export function idx(name: string, dims: readonly number[], values: ArrayLike<number>): SourceFile {
  const bytes = new Uint8Array(4 + 4 * dims.length + values.length)
  bytes.set([0, 0, 8, dims.length])
  const view = new DataView(bytes.buffer)
  dims.forEach((dim, i) => view.setUint32(4 + 4 * i, dim))
  bytes.set(Array.from(values), 4 + 4 * dims.length)
  return { name, bytes }
}

/** A NumPy file, version 1; its header may lie. */
export function npy(
  name: string,
  descr: string,
  shape: readonly number[],
  values: ArrayBufferView,
  fortran = false,
): SourceFile {
  const inner = `${shape.join(', ')}${shape.length === 1 ? ',' : ''}`
  const text = `{'descr': '${descr}', 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': (${inner}), }`
  const header = text.padEnd(64 * Math.ceil((text.length + 11) / 64) - 11) + '\n'
  const bytes = new Uint8Array(10 + header.length + values.byteLength)
  bytes.set([0x93, 78, 85, 77, 80, 89, 1, 0, header.length & 255, header.length >> 8])
  bytes.set(new TextEncoder().encode(header), 10)
  bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), 10 + header.length)
  return { name, bytes }
}

/** Whether reading ends in a value or the typed error with a sentence, which is all that may happen. */
export async function ends(reading: Promise<unknown>): Promise<void> {
  const result = await reading.catch((error: unknown) => error)
  if (!(result instanceof Error)) return
  if (!(result instanceof ImportError)) throw result
  expect(result.message).toMatch(/^[^\n]{10,300}\.$/u)
}

/** Copies of a file with bytes changed, cut off, or added. */
export const broken = ({ name, bytes }: SourceFile): fc.Arbitrary<SourceFile> =>
  fc
    .record({
      changes: fc.array(fc.record({ at: fc.nat(bytes.length - 1), value: fc.nat(255) }), { maxLength: 4 }),
      // Most of what matters is in the first bytes.
      head: fc.array(fc.record({ at: fc.nat(Math.min(bytes.length - 1, 40)), value: fc.nat(255) }), {
        maxLength: 2,
      }),
      cut: fc.option(fc.nat(bytes.length)),
      more: fc.uint8Array({ maxLength: 4 }),
    })
    .map(({ changes, head, cut, more }) => {
      const copy = bytes.slice(0, cut ?? bytes.length)
      for (const { at, value } of [...changes, ...head]) if (at < copy.length) copy[at] = value
      return file(name, Uint8Array.from([...copy, ...more]))
    })
