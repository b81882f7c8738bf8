import { drawAveraged } from '../../geometry/resample'

/** Pixels along a side of the images that networks here are trained on. */
export const SIDE = 28

/**
 * Writes a grey image as 28 × 28 bytes: area averaging, aspect kept, in the middle. What it leaves free takes the
 * median of the image's edge. Light on dark and dark on light stay as they are.
 * @param values [height · width] bytes
 * @param out [28 · 28]
 */
export function toSide28(values: Uint8Array, width: number, height: number, out: Uint8Array): void {
  if (width === SIDE && height === SIDE) {
    out.set(values)
    return
  }
  const longer = Math.max(width, height)
  const scaled = (length: number): number => Math.max(1, Math.round((SIDE * length) / longer))
  const w = scaled(width)
  const h = scaled(height)
  if (width !== height) out.fill(edgeMedian(values, width, height))
  const area = { left: (SIDE - w) >> 1, top: (SIDE - h) >> 1, width: w, height: h }
  drawAveraged({ width, height, values }, out, SIDE, area)
}

function edgeMedian(values: Uint8Array, width: number, height: number): number {
  const edge: number[] = []
  for (let x = 0; x < width; x++) edge.push(values[x]!, values[(height - 1) * width + x]!)
  for (let y = 0; y < height; y++) edge.push(values[y * width]!, values[y * width + width - 1]!)
  return edge.sort((a, b) => a - b)[edge.length >> 1]!
}

/** A decoded picture. */
export interface Picture {
  readonly width: number
  readonly height: number
  /** [height · width · 4] red, green, blue, alpha, not premultiplied. */
  readonly rgba: Uint8Array | Uint8ClampedArray
}

/**
 * The luma of a picture (ITU-R BT.601). Where it is transparent lies what its ink stands out from: white under
 * dark ink, black under light.
 */
export function toGray({ width, height, rgba }: Picture): Uint8Array {
  const gray = new Uint8Array(width * height)
  let light = 0
  let opaque = 0
  const luma = (i: number): number =>
    0.299 * rgba[4 * i]! + 0.587 * rgba[4 * i + 1]! + 0.114 * rgba[4 * i + 2]!
  for (let i = 0; i < gray.length; i++) {
    light += rgba[4 * i + 3]! * luma(i)
    opaque += rgba[4 * i + 3]!
  }
  const ground = light < 128 * opaque ? 255 : 0
  for (let i = 0; i < gray.length; i++) {
    const alpha = rgba[4 * i + 3]! / 255
    gray[i] = Math.round(alpha * luma(i) + (1 - alpha) * ground)
  }
  return gray
}
