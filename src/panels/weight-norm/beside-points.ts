import { newBox, repel, type LabelBox } from '../../geometry/labels'
import type { Plane } from '../common'

/** Pixels that labels leave free around the middle of a point. */
const DOT = 5

interface Place {
  readonly x: number
  readonly y: number
}

/**
 * Labels beside points in a plot: each second one on the left, or there would be no room where all points stand one
 * above another. They cover neither each other nor a point, and drift as points move.
 */
export class BesidePoints {
  private boxes: LabelBox[] = []
  private dots: LabelBox[] = []

  /**
   * @param points x and y in pixels, for as many labels
   * @param width of the widest label
   * @param size of its letters
   * @returns the middle of each label
   */
  arrange(points: readonly number[], plot: Plane['plot'], width: number, size: number): Place[] {
    const count = points.length / 2
    if (this.boxes.length !== count) {
      this.boxes = Array.from({ length: count }, newBox)
      this.dots = this.boxes.map(() => ({ ...newBox(), fixed: true }))
    }
    this.boxes.forEach((box, i) => {
      const x = points[2 * i]!
      const y = points[2 * i + 1]!
      const away = 0.5 * width + 2
      const place = { x: i % 2 === 0 ? x + away : x - away, y: y - 0.4 * size }
      Object.assign(box, within(plot, place, width, size), { width, height: 0.8 * size, alpha: 1 })
      Object.assign(this.dots[i]!, { x, y, width: DOT, height: DOT, alpha: 1 })
    })
    repel([...this.boxes, ...this.dots])
    return this.boxes.map(({ x, y, dx, dy }) => within(plot, { x: x + dx, y: y + dy }, width, size))
  }
}

/** The nearest place at which a label is in the plot, or half to its right, where there is room. */
function within(
  { left, right, top, bottom }: Plane['plot'],
  { x, y }: Place,
  width: number,
  size: number,
): Place {
  return {
    x: Math.max(left + 0.5 * width, Math.min(right + 0.5 * width, x)),
    y: Math.max(top + 0.5 * size, Math.min(bottom - 0.5 * size, y)),
  }
}
