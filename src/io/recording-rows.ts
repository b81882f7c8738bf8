/**
 * Rows of numbers as integers of 16 bits and a scale. What is written of an integer is its difference to a guess,
 * with the sign in the lowest bit, so that small differences are small; and first the low bytes of a row, then its high
 * bytes, as those compress best beside their like. The guess is 0, or what another row, read before,
 * has in that place.
 */
export class RowWriter {
  private readonly out: Uint8Array<ArrayBuffer>
  private readonly view: DataView
  private at = 0

  /** @param size bytes in all */
  constructor(size: number) {
    this.out = new Uint8Array(size)
    this.view = new DataView(this.out.buffer)
  }

  bytes(values: Uint8Array): void {
    this.out.set(values, this.at)
    this.at += values.length
  }

  /**
   * @param levels the integer that the largest number gets
   * @param like a row of that length that is much like this one, as a reader has it
   * @returns the row as a reader will have it
   */
  write(values: Float32Array, levels: number, like: Float32Array | null = null): Float32Array {
    const { length } = values
    let most = 0
    for (const value of values) most = Math.max(most, Math.abs(value))
    const scale = Math.fround(most / levels)
    const after = new Float32Array(length)
    this.view.setFloat32(this.at, scale, true)
    this.at += 4
    for (let i = 0; i < length; i++) {
      const integer = scale > 0 ? Math.round(values[i]! / scale) : 0
      const difference = integer - guess(like?.[i], scale)
      const written = ((difference << 1) ^ (difference >> 31)) & 0xffff
      this.out[this.at + i] = written & 0xff
      this.out[this.at + length + i] = written >> 8
      after[i] = scale * integer
    }
    this.at += 2 * length
    return after
  }

  /** @throws {RangeError} when fewer bytes were written than announced */
  finish(): Uint8Array<ArrayBuffer> {
    if (this.at !== this.out.length) throw new RangeError(`${this.at} bytes of ${this.out.length}`)
    return this.out
  }
}

/** Reads rows in the order in which a `RowWriter` wrote them. */
export class RowReader {
  /** Whether all numbers that were read are finite. */
  finite = true
  private at = 0
  private readonly view: DataView

  /** @param from holds at least what will be read */
  constructor(private readonly from: Uint8Array<ArrayBuffer>) {
    this.view = new DataView(from.buffer, from.byteOffset, from.byteLength)
  }

  bytes(length: number): Uint8Array<ArrayBuffer> {
    this.at += length
    return this.from.slice(this.at - length, this.at)
  }

  /** @param like the same as it was written with */
  read(length: number, like: Float32Array | null = null): Float32Array {
    const scale = this.view.getFloat32(this.at, true)
    // Integers are of 16 bits, so that this keeps all products finite.
    if (!(scale >= 0 && scale < 1e30)) this.finite = false
    this.at += 4
    const values = new Float32Array(length)
    for (let i = 0; i < length; i++) {
      const written = this.from[this.at + i]! | (this.from[this.at + length + i]! << 8)
      const difference = (written >> 1) ^ -(written & 1)
      values[i] = scale * (difference + guess(like?.[i], scale))
    }
    this.at += 2 * length
    return values
  }
}

/** The integer that a number would have at this scale; far from it, as where a run changes all at once, 0. */
function guess(value: number | undefined, scale: number): number {
  if (value === undefined || !(scale > 0)) return 0
  const integer = Math.round(value / scale)
  return Math.abs(integer) < 0x4000 ? integer : 0
}
