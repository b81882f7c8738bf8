import type { Acting } from './acting'
import { addRing } from './arcs'
import type { Rgb } from './palette'
import { depthAlpha, discRadius, placeFeature, placePoint, unitPixels, type Place, type Scene } from './scene'
import { newStroke, type Stroke } from './segments'

/** Pieces of a ring around an anchor, and of a cone's rim on the globe. */
const RING_PIECES = 72
/** Dashes and the gaps between them, in CSS pixels; a line has at most so many. */
const DASH = 6
const GAP = 4
const MOST_DASHES = 90
/** Radius of a centre's diamond, in CSS pixels. */
const DIAMOND = 10
/** Of the squares at the ends of a range; those at class means are twice as large. */
const END = 4
const ANCHOR_RADIUS = 8

const plain = newStroke()
const cased = newStroke(true)
const here: Place = { x: 0, y: 0, z: 0 }
const there: Place = { x: 0, y: 0, z: 0 }

function set(stroke: Stroke, colour: Rgb, alpha: number, width: number): void {
  stroke.colour = colour
  stroke.alpha = alpha
  stroke.width = width
}

/** Adds a line in dashes of even length. */
export function addDashed(scene: Scene, a: Place, b: Place, colour: Rgb, alpha: number, width: number): void {
  const length = Math.hypot(b.x - a.x, b.y - a.y) * unitPixels(scene)
  const count = Math.min(MOST_DASHES, Math.max(1, Math.round(length / (DASH + GAP))))
  set(plain, colour, alpha, width)
  for (let k = 0; k < count; k++) {
    const from = k / count
    const to = (k + DASH / (DASH + GAP)) / count
    scene.segments.add(
      a.x + from * (b.x - a.x),
      a.y + from * (b.y - a.y),
      a.x + to * (b.x - a.x),
      a.y + to * (b.y - a.y),
      plain,
    )
  }
}

/** Adds a line with paper around it. */
function addCased(scene: Scene, a: Place, b: Place, colour: Rgb, alpha: number, width: number): void {
  set(cased, colour, alpha, width)
  scene.segments.add(a.x, a.y, b.x, b.y, cased)
}

/** Adds the anchor and its lines: solid to samples of its class, dashed to others, the stronger, the more loss. */
export function addAnchor(scene: Scene, acting: Acting): void {
  const { anchor, points, labels } = acting
  const { cloud, classes, palette } = scene
  if (anchor < 0 || points[anchor]! >= cloud.count) return
  let most = 0
  for (let j = 0; j < points.length; j++) most = Math.max(most, acting.shownLoss(j))
  placePoint(scene, points[anchor]!, here)
  const near = depthAlpha(scene, here.z)
  // Dashed lines first: there are more of them.
  for (const like of [false, true]) {
    for (let j = 0; j < points.length; j++) {
      const loss = acting.shownLoss(j)
      if (loss === 0 || (labels[j] === labels[anchor]) !== like || points[j]! >= cloud.count) continue
      placePoint(scene, points[j]!, there)
      const share = Math.sqrt(loss / most)
      const alpha = (0.35 + 0.65 * share) * Math.min(near, depthAlpha(scene, there.z))
      const width = (1 + 1.4 * share) * palette.theme.line
      if (like) addCased(scene, here, there, palette.classes[labels[anchor]!]!, alpha, width + 0.6)
      else addDashed(scene, here, there, palette.ink, alpha * classes.strength[labels[j]!]!, width)
    }
  }
  addRing(scene, here, ANCHOR_RADIUS * Math.max(0.8, scene.pointSize / 4), 1.75)
}

/** Adds the borders around the anchor at which others begin to act, where the stage shows true distances. */
export function addBorders(scene: Scene, { anchor, borders, points }: Acting, normalized: boolean): void {
  if (anchor < 0 || points[anchor]! >= scene.cloud.count) return
  for (const square of borders) {
    if (!normalized) addCircle(scene, points[anchor]!, Math.sqrt(square))
    else if (square < 4 && square >= 0) addCone(scene, points[anchor]!, Math.acos(1 - square / 2))
  }
}

/** A circle in 2-D; the outline of a sphere looks the same. @param radius in units of features */
function addCircle(scene: Scene, point: number, radius: number): void {
  const alpha = 1 - scene.morph
  if (alpha === 0) return
  placePoint(scene, point, here)
  const r = (radius * discRadius(scene)) / scene.reach
  strokeBorder(scene, (t, out) => {
    out.x = here.x + r * Math.cos(2 * Math.PI * t)
    out.y = here.y + r * Math.sin(2 * Math.PI * t)
    out.z = here.z
    return alpha
  })
}

/** Directions at an angle to the point's: two rays in 2-D, a circle on the globe in 3-D. */
function addCone(scene: Scene, point: number, angle: number): void {
  const { camera, cloud, palette } = scene
  const { rotation: m } = camera
  const at = cloud.position
  const length = Math.hypot(at[4 * point]!, at[4 * point + 1]!, at[4 * point + 2]!) || 1
  const x = at[4 * point]! / length
  const y = at[4 * point + 1]! / length
  const z = at[4 * point + 2]! / length
  const disc = discRadius(scene)
  if (!camera.globe) {
    const direction = Math.atan2(y, x)
    for (const side of [direction - angle, direction + angle]) {
      here.x = here.y = here.z = 0
      there.x = disc * Math.cos(side)
      there.y = disc * Math.sin(side)
      addCased(scene, here, there, palette.accent, 1, 1.6 * palette.theme.line)
    }
    return
  }
  // Two directions across that of the point.
  const flat = Math.hypot(x, y)
  const [ux, uy] = flat > 1e-6 ? [-y / flat, x / flat] : [1, 0]
  const vx = -z * uy
  const vy = z * ux
  const vz = x * uy - y * ux
  const along = disc * Math.cos(angle)
  const across = disc * Math.sin(angle)
  strokeBorder(scene, (t, out) => {
    const c = across * Math.cos(2 * Math.PI * t)
    const s = across * Math.sin(2 * Math.PI * t)
    const px = along * x + c * ux + s * vx
    const py = along * y + c * uy + s * vy
    const pz = along * z + s * vz
    out.x = m[0]! * px + m[1]! * py + m[2]! * pz
    out.y = m[3]! * px + m[4]! * py + m[5]! * pz
    out.z = m[6]! * px + m[7]! * py + m[8]! * pz
    return depthAlpha(scene, out.z)
  })
}

/** Strokes a closed curve, paper first. @param at writes the place at t in [0, 1] and gives its opacity */
function strokeBorder(scene: Scene, at: (t: number, out: Place) => number): void {
  const { palette, segments } = scene
  const { line } = palette.theme
  for (const casing of [true, false]) {
    at(0, there)
    for (let i = 1; i <= RING_PIECES; i++) {
      const { x, y } = there
      const alpha = at(i / RING_PIECES, there)
      if (casing) set(plain, palette.paper, 0.6 * alpha, 3.6 * line)
      else set(plain, palette.accent, alpha, 1.6 * line)
      segments.add(x, y, there.x, there.y, plain)
    }
  }
}

/** Adds an upright square. @param size in CSS pixels */
function addSquare(scene: Scene, at: Place, colour: Rgb, alpha: number, size: number): void {
  const pixels = size * scene.layout.fineness
  const half = pixels / 2 / unitPixels(scene)
  set(plain, colour, alpha, pixels)
  scene.segments.add(at.x - half, at.y, at.x + half, at.y, plain)
}

/** Adds the ranges that act, each within its class. */
export function addRanges(scene: Scene, acting: Acting): void {
  const { points, labels } = acting
  const { palette, cloud } = scene
  for (let i = 0; i < points.length; i++) {
    for (let j = i + 1; j < points.length; j++) {
      if (acting.loss(i, j) === 0 || points[i]! >= cloud.count || points[j]! >= cloud.count) continue
      placePoint(scene, points[i]!, here)
      placePoint(scene, points[j]!, there)
      const alpha = Math.min(depthAlpha(scene, here.z), depthAlpha(scene, there.z))
      addCased(scene, here, there, palette.classes[labels[i]!]!, alpha, 1.5 * palette.theme.line)
      addSquare(scene, here, palette.ink, alpha, END)
      addSquare(scene, there, palette.ink, alpha, END)
    }
  }
}

/**
 * Where a mean of features is shown; one of unit features where it lies within the disc.
 * @param x in the space that is drawn
 */
export function placeMean(
  scene: Scene,
  x: number,
  y: number,
  z: number,
  normalized: boolean,
  out: Place,
): void {
  if (!normalized) {
    placeFeature(scene, x, y, z, 1, 0, out)
    return
  }
  const { rotation: m } = scene.camera
  const disc = discRadius(scene)
  out.x = disc * (m[0]! * x + m[1]! * y + m[2]! * z)
  out.y = disc * (m[3]! * x + m[4]! * y + m[5]! * z)
  out.z = disc * (m[6]! * x + m[7]! * y + m[8]! * z)
}

/** Adds the line between two class means, and a bar as long as the margin asks them to be apart. */
export function addGap(scene: Scene, a: Place, b: Place, margin: number, normalized: boolean): void {
  const { palette, segments } = scene
  const { line } = palette.theme
  const alpha = Math.min(depthAlpha(scene, a.z), depthAlpha(scene, b.z))
  addCased(scene, a, b, palette.ink, alpha, 2 * line)
  for (const mean of [a, b]) {
    addSquare(scene, mean, palette.paper, alpha, 2 * END + 2.5)
    addSquare(scene, mean, palette.ink, alpha, 2 * END)
  }
  const length = Math.hypot(b.x - a.x, b.y - a.y, b.z - a.z)
  const shown = normalized ? 1 : 1 - scene.morph
  if (length === 0 || shown === 0) return
  const wanted = margin * (normalized ? discRadius(scene) : discRadius(scene) / scene.reach)
  const half = wanted / length / 2
  const mx = (a.x + b.x) / 2
  const my = (a.y + b.y) / 2
  const dx = half * (b.x - a.x)
  const dy = half * (b.y - a.y)
  // Beside the line, so that both can be seen, with an end mark at each side.
  const flat = Math.hypot(dx, dy) || 1
  const aside = 7 / unitPixels(scene)
  const nx = (-dy / flat) * aside
  const ny = (dx / flat) * aside
  set(cased, palette.accent, alpha * shown, 1.6 * line)
  segments.add(mx - dx + nx, my - dy + ny, mx + dx + nx, my + dy + ny, cased)
  set(plain, palette.accent, alpha * shown, 1.6 * line)
  for (const side of [-1, 1]) {
    const ex = mx + side * dx + nx
    const ey = my + side * dy + ny
    segments.add(ex - 0.7 * nx, ey - 0.7 * ny, ex + 0.7 * nx, ey + 0.7 * ny, plain)
  }
}

/** Adds a centre: a diamond in the colour of its class, with ink and paper around it. */
export function addDiamond(scene: Scene, at: Place, colour: Rgb, strength: number): void {
  const { palette, segments, layout } = scene
  const alpha = strength * depthAlpha(scene, at.z)
  if (alpha === 0) return
  const layers = [
    [DIAMOND + 1.8, palette.paper],
    [DIAMOND, palette.ink],
    [DIAMOND - 2.2, colour],
  ] as const
  for (const [pixels, tone] of layers) {
    // A short line as wide as it is long, along a diagonal of the page, is a diamond's square.
    const radius = pixels * layout.fineness * Math.sqrt(palette.theme.line)
    const half = radius / 2 / unitPixels(scene)
    set(plain, tone, alpha, Math.SQRT2 * radius)
    segments.add(at.x - half, at.y - half, at.x + half, at.y + half, plain)
  }
}
