import { type ImageOptions, ImageSetBuilder, type ImportedImages } from './image-set'
import type { Labels } from './labels'
import type { Matrix } from './npy'
import { SIDE } from './gray'

/** How the columns of a table are pixels: the side of the square image, and what a value of 1 is in bytes. */
interface PixelLayout {
  readonly side: number
  readonly scale: number
}

/** Small squares are rather features of that dimension. */
const LEAST_SIDE = 8

/**
 * Whether rows of numbers are square images: a square number of columns, of whole numbers from 0 to 255 that use
 * more than a few levels; with 784 columns also numbers from 0 to 1.
 * @returns null when they are features
 */
export function findPixels({ columns, values }: Matrix): PixelLayout | null {
  const side = Math.round(Math.sqrt(columns))
  if (side ** 2 !== columns || side < LEAST_SIDE) return null
  let largest = 0
  let whole = true
  for (const value of values) {
    if (!(value >= 0 && value <= 255)) return null
    if (value > largest) largest = value
    whole &&= value === Math.floor(value)
  }
  if (whole && largest >= 32) return { side, scale: 1 }
  return side === SIDE && largest <= 1 ? { side, scale: 255 } : null
}

/**
 * Makes images of the rows of one or more tables.
 * @param labels of all rows
 * @param heldOut 1 for rows that the source holds out; null where it does not say
 * @throws {ImportError} when there are too many, or too few classes
 */
export function importPixels(
  name: string,
  tables: readonly Matrix[],
  { side, scale }: PixelLayout,
  { indices, classes }: Labels,
  heldOut: ArrayLike<number> | null,
  options: ImageOptions,
): ImportedImages {
  const builder = new ImageSetBuilder({ name, classes, labels: indices, heldOut }, options)
  const image = new Uint8Array(side ** 2)
  let first = 0
  for (const { rows, columns, values } of tables) {
    for (let i = 0; i < rows; i++) {
      for (let k = 0; k < columns; k++) image[k] = Math.round(scale * values[i * columns + k]!)
      builder.add(first + i, image, side, side)
    }
    first += rows
  }
  return builder.finish()
}
