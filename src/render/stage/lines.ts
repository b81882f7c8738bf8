import type { Rgb } from './palette'
import { unitPixels, type Place, type Scene } from './scene'
import { newStroke, type Stroke } from './segments'

/** Dashes and the gaps between them, in CSS pixels; a line has at most so many. */
const DASH = 6
const GAP = 4
const MOST_DASHES = 90

const plain = newStroke()
const cased = newStroke(true)

/** How a line looks: opacity from 0 to 1, width in CSS pixels. */
export interface LineStyle {
  readonly colour: Rgb
  readonly alpha: number
  readonly width: number
}

function styled(stroke: Stroke, { colour, alpha, width }: LineStyle): Stroke {
  stroke.colour = colour
  stroke.alpha = alpha
  stroke.width = width
  return stroke
}

/** Adds a line. */
export function addLine(scene: Scene, a: Place, b: Place, style: LineStyle): void {
  scene.segments.add(a.x, a.y, b.x, b.y, styled(plain, style))
}

/** Adds a line with paper around it. */
export function addCased(scene: Scene, a: Place, b: Place, style: LineStyle): void {
  scene.segments.add(a.x, a.y, b.x, b.y, styled(cased, style))
}

/** Adds a line in dashes of even length. */
export function addDashed(scene: Scene, a: Place, b: Place, style: LineStyle): void {
  const length = Math.hypot(b.x - a.x, b.y - a.y) * unitPixels(scene)
  const count = Math.min(MOST_DASHES, Math.max(1, Math.round(length / (DASH + GAP))))
  const stroke = styled(plain, style)
  for (let k = 0; k < count; k++) {
    const from = k / count
    const to = (k + DASH / (DASH + GAP)) / count
    scene.segments.add(
      a.x + from * (b.x - a.x),
      a.y + from * (b.y - a.y),
      a.x + to * (b.x - a.x),
      a.y + to * (b.y - a.y),
      stroke,
    )
  }
}

/** Adds an upright square. @param size in CSS pixels */
export function addSquare(scene: Scene, at: Place, colour: Rgb, alpha: number, size: number): void {
  const width = size * scene.layout.fineness
  const half = width / 2 / unitPixels(scene)
  const stroke = styled(plain, { colour, alpha, width })
  scene.segments.add(at.x - half, at.y, at.x + half, at.y, stroke)
}

/** Adds a square that stands on its corner. @param size in CSS pixels, from corner to corner */
export function addTurnedSquare(scene: Scene, at: Place, colour: Rgb, alpha: number, size: number): void {
  // A short line as wide as it is long, along a diagonal of the page, is such a square.
  const radius = size * scene.layout.fineness * Math.sqrt(scene.palette.theme.line)
  const half = radius / 2 / unitPixels(scene)
  const stroke = styled(plain, { colour, alpha, width: Math.SQRT2 * radius })
  scene.segments.add(at.x - half, at.y - half, at.x + half, at.y + half, stroke)
}
