import type { Random } from '../geometry/random'
import type { ImageSet } from '../io/dataset-file'

const SIDE = 16
/** Deviation of a dot's ink, in pixels: smooth enough that its grey tells its place between pixels. */
const DOT = 1

/** A point of the unit square, and its class. */
interface Dot {
  readonly x: number
  readonly y: number
  readonly label: number
}

/**
 * Pictures of points in the plane: each is a dot on a small square, at its place, x to the right and y up. So a
 * point goes the same way as a digit does, through any network, and can be looked at.
 * @param draw gives the next point
 */
export function dotImages(
  name: string,
  classes: readonly string[],
  train: number,
  test: number,
  random: Random,
  draw: (label: number, random: Random) => Dot,
): ImageSet {
  const count = train + test
  const labels = new Uint8Array(count)
  const pixels = new Uint8Array(count * SIDE ** 2)
  for (let i = 0; i < count; i++) {
    const { x, y, label } = draw(i % classes.length, random)
    labels[i] = label
    const bell = (at: number): Float64Array =>
      Float64Array.from({ length: SIDE }, (_, k) => Math.exp(-0.5 * ((k + 0.5 - at * SIDE) / DOT) ** 2))
    const across = bell(x)
    const down = bell(1 - y)
    for (let row = 0; row < SIDE; row++) {
      for (let column = 0; column < SIDE; column++) {
        pixels[i * SIDE ** 2 + row * SIDE + column] = Math.round(255 * across[column]! * down[row]!)
      }
    }
  }
  return { name, width: SIDE, height: SIDE, classes: [...classes], train, test, labels, pixels }
}
