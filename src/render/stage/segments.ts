import type { Rgb } from './palette'

/** Numbers in a segment: both ends, colour with opacity, width, length of its head, 1 for a paper casing. */
export const SEGMENT_STRIDE = 11

/** How a segment looks. Those that are added in every frame are made once and changed. */
export interface Stroke {
  colour: Rgb
  /** Opacity, from 0 to 1. */
  alpha: number
  /** CSS pixels. */
  width: number
  /** Length of the arrow head at the second end in CSS pixels, 0 for none. */
  head: number
  /** Whether paper shows around it, so that it stands out from points. */
  cased: boolean
}

/** A stroke without an arrow head, whose colour, opacity and width are still to be set. */
export function newStroke(cased = false): Stroke {
  return { colour: [0, 0, 0], alpha: 1, width: 1, head: 0, cased }
}

/** Straight lines to draw over the points, in stage units: arrows, and arcs in short pieces. */
export class SegmentList {
  data = new Float32Array(256 * SEGMENT_STRIDE)
  count = 0

  clear(): void {
    this.count = 0
  }

  /** Adds a line from a to b. */
  add(ax: number, ay: number, bx: number, by: number, { colour, alpha, width, head, cased }: Stroke): void {
    const start = this.count * SEGMENT_STRIDE
    if (start === this.data.length) {
      const data = new Float32Array(2 * this.data.length)
      data.set(this.data)
      this.data = data
    }
    const { data } = this
    data[start] = ax
    data[start + 1] = ay
    data[start + 2] = bx
    data[start + 3] = by
    data[start + 4] = colour[0]
    data[start + 5] = colour[1]
    data[start + 6] = colour[2]
    data[start + 7] = alpha
    data[start + 8] = width
    data[start + 9] = head
    data[start + 10] = cased ? 1 : 0
    this.count++
  }
}
