import type { Random } from '../geometry/random'
import type { Corruption } from './settings'

const GREY = 128

/**
 * A corrupted copy of an image, as bad photographs are: something is in front of it, the lens is out of focus, the
 * sensor has few pixels, little contrast, and noise.
 * @param image width × height bytes, row by row
 * @param random says where the square is and what the noise
 */
export function corruptImage(
  image: Uint8Array,
  width: number,
  height: number,
  { occlusion, blur, downsample, contrast, noise }: Corruption,
  random: Random,
): Uint8Array {
  const values = Float64Array.from(image)
  // Drawn in any case, so that another setting leaves the square where it is.
  const right = random.uniform()
  const down = random.uniform()
  if (occlusion > 0) occlude(values, width, height, occlusion, right, down)
  if (blur > 0) blurBy(values, width, height, blur)
  if (downsample > 1) meanOfBlocks(values, width, height, downsample)
  if (contrast < 1) {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    for (let i = 0; i < values.length; i++) values[i] = mean + contrast * (values[i]! - mean)
  }
  if (noise > 0) for (let i = 0; i < values.length; i++) values[i]! += 255 * noise * random.normal()
  return Uint8Array.from(values, (value) => Math.min(255, Math.max(0, Math.round(value))))
}

function occlude(
  values: Float64Array,
  width: number,
  height: number,
  part: number,
  right: number,
  down: number,
): void {
  const side = Math.round(part * Math.min(width, height))
  const left = Math.round(right * (width - side))
  const top = Math.round(down * (height - side))
  for (let y = top; y < top + side; y++) values.fill(GREY, y * width + left, y * width + left + side)
}

/** A Gaussian along rows, then along columns; beyond the edge the image goes on as it ends. */
function blurBy(values: Float64Array, width: number, height: number, deviation: number): void {
  const reach = Math.ceil(3 * deviation)
  const bell = Array.from({ length: 2 * reach + 1 }, (_, k) =>
    Math.exp(-0.5 * ((k - reach) / deviation) ** 2),
  )
  const sum = bell.reduce((total, weight) => total + weight, 0)
  const kernel = bell.map((weight) => weight / sum)
  const line = new Float64Array(Math.max(width, height))
  const along = (first: number, step: number, length: number): void => {
    for (let i = 0; i < length; i++) line[i] = values[first + i * step]!
    for (let i = 0; i < length; i++) {
      let value = 0
      for (let k = -reach; k <= reach; k++) {
        value += kernel[k + reach]! * line[Math.min(length - 1, Math.max(0, i + k))]!
      }
      values[first + i * step] = value
    }
  }
  for (let y = 0; y < height; y++) along(y * width, 1, width)
  for (let x = 0; x < width; x++) along(x, width, height)
}

function meanOfBlocks(values: Float64Array, width: number, height: number, side: number): void {
  for (let top = 0; top < height; top += side) {
    for (let left = 0; left < width; left += side) {
      const bottom = Math.min(height, top + side)
      const right = Math.min(width, left + side)
      let sum = 0
      for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) sum += values[y * width + x]!
      const mean = sum / ((bottom - top) * (right - left))
      for (let y = top; y < bottom; y++) values.fill(mean, y * width + left, y * width + right)
    }
  }
}
