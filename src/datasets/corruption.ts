import type { Random } from '../geometry/random'
import { drawAveraged } from '../geometry/resample'

/** Ways to make an image worse, each with a strength from 0 (byte for byte the same) to 1. */
export const CORRUPTIONS = ['blur', 'noise', 'occlusion', 'contrast', 'downsampling'] as const
export type Corruption = (typeof CORRUPTIONS)[number]

/** The deviation of the Gaussian at full strength: a seventh of 28 pixels, where digits lose their holes. */
const MOST_BLUR = 4
/** The deviation of the noise at full strength, in grey levels. */
const MOST_NOISE = 160
/** The side of the square at full strength, as a share of the image's. */
const MOST_COVER = 0.75
/** Grey: neither paper nor ink, so that the square is seen wherever it lies. */
const COVER = 128
/** Pixels a side at full strength. */
const LEAST_SIDE = 3

/** A square image of bytes: side · side values, row by row. */
export interface Square {
  readonly side: number
  readonly pixels: Uint8Array
}

/**
 * Writes a worse copy of an image. The same stream of random numbers gives the same noise pattern and the same
 * place of the square at every strength, so that only the strength changes along a slider.
 * @param strength from 0 to 1; what lies outside counts as the nearer of them
 * @param random used by noise and occlusion; a stream of its own for each image
 * @param out [side · side]; may be `image.pixels`
 */
export function corrupt(
  kind: Corruption,
  image: Square,
  strength: number,
  random: Random,
  out: Uint8Array = new Uint8Array(image.pixels.length),
): Uint8Array {
  const amount = Math.min(1, Math.max(0, strength))
  if (!(amount > 0)) out.set(image.pixels)
  else operations[kind](image, amount, out, random)
  return out
}

type Operation = (image: Square, amount: number, out: Uint8Array, random: Random) => void

const operations: Readonly<Record<Corruption, Operation>> = {
  blur({ side, pixels }, amount, out) {
    const kernel = gaussian(MOST_BLUR * amount)
    const across = new Float32Array(pixels.length)
    convolve(pixels, across, kernel, side, 1)
    const both = new Float32Array(pixels.length)
    convolve(across, both, kernel, 1, side)
    both.forEach((value, i) => (out[i] = Math.round(value)))
  },

  noise({ pixels }, amount, out, random) {
    for (let i = 0; i < pixels.length; i++) {
      out[i] = toByte(pixels[i]! + MOST_NOISE * amount * random.normal())
    }
  },

  occlusion({ side, pixels }, amount, out, random) {
    const cover = Math.round(MOST_COVER * amount * side)
    const [left, top] = [random.below(side - cover + 1), random.below(side - cover + 1)]
    out.set(pixels)
    for (let y = top; y < top + cover; y++) out.fill(COVER, y * side + left, y * side + left + cover)
  },

  contrast({ pixels }, amount, out) {
    let mean = 0
    for (const value of pixels) mean += value / pixels.length
    for (let i = 0; i < pixels.length; i++) out[i] = toByte(mean + (1 - amount) * (pixels[i]! - mean))
  },

  downsampling({ side, pixels }, amount, out) {
    const few = Math.min(side, Math.max(1, Math.round(side + amount * (LEAST_SIDE - side))))
    const small = new Uint8Array(few * few)
    const whole = (width: number) => ({ left: 0, top: 0, width, height: width })
    drawAveraged({ width: side, height: side, values: pixels }, small, few, whole(few))
    drawAveraged({ width: few, height: few, values: small }, out, side, whole(side))
  },
}

const toByte = (value: number): number => Math.min(255, Math.max(0, Math.round(value)))

/** Weights of a Gaussian from −r to r that sum to 1, out to three deviations. */
function gaussian(deviation: number): Float64Array {
  const radius = Math.ceil(3 * deviation)
  const kernel = Float64Array.from({ length: 2 * radius + 1 }, (_, i) =>
    Math.exp(-((i - radius) ** 2) / (2 * deviation ** 2)),
  )
  const sum = kernel.reduce((total, weight) => total + weight, 0)
  return kernel.map((weight) => weight / sum)
}

/** Along one axis; beyond the edge lies the edge's pixel, so that a uniform image stays so. */
function convolve(
  from: ArrayLike<number>,
  to: Float32Array,
  kernel: Float64Array,
  lineStep: number,
  step: number,
): void {
  const side = Math.max(lineStep, step)
  const radius = (kernel.length - 1) / 2
  for (let line = 0; line < side; line++) {
    for (let i = 0; i < side; i++) {
      let sum = 0
      for (let k = -radius; k <= radius; k++) {
        const at = Math.min(side - 1, Math.max(0, i + k))
        sum += kernel[k + radius]! * from[line * lineStep + at * step]!
      }
      to[line * lineStep + i * step] = sum
    }
  }
}
