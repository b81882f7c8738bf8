/** A part of an outline, as opentype.js names them; y points down. */
export type PathCommand =
  | { readonly type: 'M' | 'L'; readonly x: number; readonly y: number }
  | { readonly type: 'Q'; readonly x1: number; readonly y1: number; readonly x: number; readonly y: number }
  | {
      readonly type: 'C'
      readonly x1: number
      readonly y1: number
      readonly x2: number
      readonly y2: number
      readonly x: number
      readonly y: number
    }
  | { readonly type: 'Z' }

type Point = readonly [x: number, y: number]

/** How an outline is laid on the pixels. */
interface Pose {
  /** The longer side of its box, in pixels. */
  readonly length: number
  /** Radians. */
  readonly rotation: number
  /** From the middle of the image, in pixels. */
  readonly right: number
  readonly down: number
}

/** Straight pieces of a curve. */
const PIECES = 8
/** Scan lines in a pixel. */
const LINES = 8

/**
 * Fills an outline (non-zero winding) on side × side pixels, its box in the middle. It uses nothing but numbers, so
 * that it is the same on every machine.
 * @returns how much of each pixel is covered, from 0 to 1, row by row
 */
export function rasterise(commands: readonly PathCommand[], side: number, pose: Pose): Float64Array {
  const contours = place(flatten(commands), side, pose)
  const covered = new Float64Array(side * side)
  for (let line = 0; line < side * LINES; line++) {
    const y = (line + 0.5) / LINES
    const row = covered.subarray(Math.floor(line / LINES) * side, (Math.floor(line / LINES) + 1) * side)
    let winding = 0
    let from = 0
    for (const [x, turn] of crossings(contours, y)) {
      if (winding === 0) from = x
      winding += turn
      if (winding === 0) cover(row, from, x)
    }
  }
  return covered
}

/** Where the horizontal through y meets the outline, from left to right, and whether that goes down or up. */
function crossings(contours: readonly Point[][], y: number): [x: number, turn: number][] {
  const found: [number, number][] = []
  for (const points of contours) {
    points.forEach(([x0, y0], k) => {
      const [x1, y1] = points[(k + 1) % points.length]!
      if (y0 <= y !== y1 <= y) found.push([x0 + ((y - y0) / (y1 - y0)) * (x1 - x0), y1 > y0 ? 1 : -1])
    })
  }
  return found.sort((a, b) => a[0] - b[0])
}

function cover(row: Float64Array, from: number, to: number): void {
  for (let x = Math.max(0, Math.floor(from)); x < Math.min(row.length, to); x++) {
    row[x]! += Math.max(0, Math.min(to, x + 1) - Math.max(from, x)) / LINES
  }
}

function place(
  contours: readonly Point[][],
  side: number,
  { length, rotation, right, down }: Pose,
): Point[][] {
  const all = contours.flat()
  const xs = all.map(([x]) => x)
  const ys = all.map(([, y]) => y)
  const left = Math.min(...xs)
  const top = Math.min(...ys)
  const width = Math.max(...xs) - left
  const height = Math.max(...ys) - top
  const scale = length / Math.max(width, height)
  const cos = Math.cos(rotation)
  const sin = Math.sin(rotation)
  return contours.map((points) =>
    points.map(([x, y]) => {
      const u = scale * (x - left - width / 2)
      const v = scale * (y - top - height / 2)
      return [side / 2 + right + cos * u - sin * v, side / 2 + down + sin * u + cos * v]
    }),
  )
}

function flatten(commands: readonly PathCommand[]): Point[][] {
  const contours: Point[][] = []
  let at: Point = [0, 0]
  let points: Point[] = []
  for (const command of commands) {
    if (command.type === 'Z') continue
    const end: Point = [command.x, command.y]
    if (command.type === 'M') contours.push((points = []))
    for (let k = 1; k < PIECES; k++) {
      const t = k / PIECES
      const s = 1 - k / PIECES
      if (command.type === 'Q') {
        const { x1, y1 } = command
        const bend = (a: number, b: number, c: number): number => s * s * a + 2 * s * t * b + t * t * c
        points.push([bend(at[0], x1, end[0]), bend(at[1], y1, end[1])])
      } else if (command.type === 'C') {
        const { x1, y1, x2, y2 } = command
        const bend = (a: number, b: number, c: number, d: number): number =>
          s ** 3 * a + 3 * s * s * t * b + 3 * s * t * t * c + t ** 3 * d
        points.push([bend(at[0], x1, x2, end[0]), bend(at[1], y1, y2, end[1])])
      }
    }
    points.push(end)
    at = end
  }
  return contours
}
