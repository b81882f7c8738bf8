import { PathText } from '../../render/marks'
import type { RunView } from '../../session/run-view'

/** A picture is drawn as layers of ink, each of what is darker than this. */
const INK_LEVELS = [64, 128, 192]
/** What a layer covers of the paper. */
export const LAYER_OPACITY = 0.5

/** A point's picture as paths in its pixels, one for each layer. */
export interface Digit {
  readonly width: number
  readonly height: number
  readonly layers: readonly string[]
}

/** @returns null where there are no pictures, or not yet */
export function digitOf({ data, images }: RunView, point: number): Digit | null {
  if (!data || data.pixels.length === 0) return null
  const { width, height } = data
  const pixels = data.pixels.subarray(images[point]! * width * height, (images[point]! + 1) * width * height)
  return { width, height, layers: INK_LEVELS.map((level) => layer(pixels, width, height, level)) }
}

/** Each row's runs of pixels that are darker than `level`. */
function layer(pixels: Uint8Array, width: number, height: number, level: number): string {
  const d = new PathText()
  const isInk = (x: number, y: number): boolean => x < width && pixels[y * width + x]! > level
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!isInk(x, y)) continue
      const from = x
      while (isInk(x, y)) x++
      d.moveTo(from, y)
        .lineTo(x, y)
        .lineTo(x, y + 1)
        .lineTo(from, y + 1)
        .close()
    }
  }
  return d.toString()
}
