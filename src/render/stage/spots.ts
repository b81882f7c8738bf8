import { newBox, type LabelBox } from '../../geometry/labels'

/** Half of a class's points within `tight` pixels are a spot that its name would hide; within `loose` it hides few. */
const RADIUS = { tight: 8, loose: 16 }
/** Pixels that a spot is wider than the places of its points. */
const POINT = 6
/** A box that is lower than none by the height of a name pushes no name away. */
const LOOSE_HEIGHT = -40

/** Where all points of a class lie close together: names make room for it as for one that does not move. */
export function newSpot(): LabelBox {
  return { ...newBox(), fixed: true }
}

/**
 * With more spread a spot pushes ever less, so that no name jumps.
 * @param radius within which half of the class's points are, in pixels
 */
export function sizeSpot(spot: LabelBox, radius: number): void {
  const size = 2 * radius + POINT
  const { tight, loose } = RADIUS
  const looseness = Math.min(1, Math.max(0, (radius - tight) / (loose - tight)))
  spot.width = size
  spot.height = size + looseness * (LOOSE_HEIGHT - size)
}
