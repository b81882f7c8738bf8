import { count, ImportError, type SourceFile } from './errors'
import { LIMITS, within } from './limits'

/* NumPy's format: magic, version, length of a header, the header as a Python dict, then the values. */

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]
const MOST_HEADER = 1 << 16

type NpyData =
  | Float32Array
  | Float64Array
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array

interface TypedArrayConstructor {
  new (buffer: ArrayBuffer, offset: number, length: number): NpyData
  readonly BYTES_PER_ELEMENT: number
}

const TYPES: ReadonlyMap<string, TypedArrayConstructor> = new Map<string, TypedArrayConstructor>([
  ['f4', Float32Array],
  ['f8', Float64Array],
  ['i1', Int8Array],
  ['u1', Uint8Array],
  ['i2', Int16Array],
  ['u2', Uint16Array],
  ['i4', Int32Array],
  ['u4', Uint32Array],
  ['i8', BigInt64Array],
  ['u8', BigUint64Array],
])

/** An array as it lies in the file. */
export interface NpyArray {
  readonly name: string
  readonly shape: readonly number[]
  /** Column by column (the first index runs fastest), not row by row. */
  readonly fortran: boolean
  /** A view on the file's bytes where they are aligned, as NumPy writes them. */
  readonly data: NpyData
}

/** Whether the bytes begin as a file of np.save does. */
export const looksLikeNpy = ({ bytes }: SourceFile): boolean => MAGIC.every((byte, i) => bytes[i] === byte)

/** Reads a file of np.save, version 1, 2 or 3, little-endian. @throws {ImportError} */
export function readNpy(file: SourceFile): NpyArray {
  const { name, bytes } = file
  const damaged = (what: string): never => {
    throw new ImportError(`${name} ${what}`, 'save it again with np.save')
  }
  if (!looksLikeNpy(file) || bytes.length < 12) damaged('is not a NumPy file')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const version = bytes[6]!
  if (version < 1 || version > 3)
    damaged(`is of version ${version} of NumPy's format, which is not known here`)
  const [length, start] = version === 1 ? [view.getUint16(8, true), 10] : [view.getUint32(8, true), 12]
  if (length > MOST_HEADER || start + length > bytes.length) damaged('ends within its header')
  const header = new TextDecoder('latin1').decode(bytes.subarray(start, start + length))
  const descr = /'descr': *'([<>=|]?)([a-zA-Z]\d*)'/.exec(header)
  const order = /'fortran_order': *(True|False)/.exec(header)
  const tuple = /'shape': *\(([\d, ]*)\)/.exec(header)
  if (!order || !tuple) return damaged('has a header that can not be read')
  const type = descr && TYPES.get(descr[2]!)
  if (!type || descr[1] === '>') {
    throw new ImportError(
      `${name} holds numbers of a type that is not read here`,
      "save it again as array.astype('<f4')",
    )
  }
  const shape = tuple[1]!
    .split(',')
    .filter((part) => part.trim() !== '')
    .map(Number)
  if (shape.length > 4) damaged(`has ${count(shape.length)} dimensions`)
  let size = 1
  for (const dim of shape) {
    size *= dim
    within(size, LIMITS.values, `${name} promises ${count(size)} numbers`, 'save a part of the rows')
  }
  const bytesOfData = size * type.BYTES_PER_ELEMENT
  const found = bytes.length - start - length
  if (size === 0) damaged('holds an empty array')
  if (found !== bytesOfData) {
    damaged(`holds ${count(found)} bytes of numbers, but its header promises ${count(bytesOfData)}`)
  }
  const offset = bytes.byteOffset + start + length
  // A typed array must begin at a multiple of its element; NumPy sees to that, others may not.
  const aligned = offset % type.BYTES_PER_ELEMENT === 0
  const data = aligned
    ? new type(bytes.buffer, offset, size)
    : new type(bytes.buffer.slice(offset, offset + bytesOfData), 0, size)
  return { name, shape, fortran: order[1] === 'True', data }
}

/** Numbers in rows, the same number in each. */
export interface Matrix {
  readonly name: string
  readonly rows: number
  readonly columns: number
  /** [rows · columns], row by row. */
  readonly values: Float32Array<ArrayBuffer>
}

/**
 * An array of two dimensions (or one, as a column; or three, square images as rows) as rows of floats: the file's
 * own bytes where they are that.
 * @throws {ImportError} when it has other dimensions, too many, or a value that is not finite
 */
export function toMatrix({ name, shape, fortran, data }: NpyArray): Matrix {
  const images = shape.length === 3 && shape[1] === shape[2] && !fortran
  if (shape.length === 0 || (shape.length > 2 && !images)) {
    throw new ImportError(
      `${name} has ${count(shape.length)} dimensions, not rows and columns`,
      'save it again with array.reshape(len(array), -1)',
    )
  }
  const rows = shape[0]!
  const columns = (shape[1] ?? 1) * (shape[2] ?? 1)
  checkMatrix(name, rows, columns)
  const values = isFloat32(data) && (!fortran || columns === 1) ? data : toRows(data, rows, columns, fortran)
  checkFinite(name, values, columns)
  return { name, rows, columns, values }
}

/** @throws {ImportError} when there are too many rows, columns or numbers */
export function checkMatrix(name: string, rows: number, columns: number): void {
  within(rows, LIMITS.rows, `${name} has ${count(rows)} rows`, 'choose a part of them')
  within(columns, LIMITS.columns, `${name} has ${count(columns)} columns`, 'choose a part of them')
  within(
    rows * columns,
    LIMITS.values,
    `${name} has ${count(rows * columns)} numbers`,
    'choose a part of the rows',
  )
}

/** @throws {ImportError} when a value is not finite */
function checkFinite(name: string, values: Float32Array, columns: number): void {
  for (let i = 0; i < values.length; i++) {
    // Only what is not finite differs from itself after this.
    if (values[i]! - values[i]! !== 0) {
      const place = `in row ${count(Math.floor(i / columns) + 1)}, column ${count((i % columns) + 1)}`
      throw new ImportError(`${name} has a number that is not finite ${place}`, 'remove that row')
    }
  }
}

const isFloat32 = (data: NpyData): data is Float32Array<ArrayBuffer> => data instanceof Float32Array

/** In blocks, so that neither reading nor writing jumps across the whole array at each step. */
const BLOCK = 64

function toRows(data: NpyData, rows: number, columns: number, fortran: boolean): Float32Array<ArrayBuffer> {
  const out = new Float32Array(rows * columns)
  if (!fortran) {
    for (let i = 0; i < out.length; i++) out[i] = Number(data[i])
    return out
  }
  for (let top = 0; top < rows; top += BLOCK) {
    for (let left = 0; left < columns; left += BLOCK) {
      const bottom = Math.min(rows, top + BLOCK)
      const right = Math.min(columns, left + BLOCK)
      for (let k = left; k < right; k++) {
        for (let i = top; i < bottom; i++) out[i * columns + k] = Number(data[k * rows + i])
      }
    }
  }
  return out
}
