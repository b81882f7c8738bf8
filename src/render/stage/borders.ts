import { addCased, addLine } from './lines'
import type { MarkPlace } from '../../losses/drawings/term-drawing'
import type { MarkPlaces } from './mark-places'
import { depthAlpha, discRadius, turn, type Place, type Scene } from './scene'

/** Pieces of a circle around a place, and of a cone's rim on the globe. */
const RING_PIECES = 72
/** Of lines and their paper, in thin lines of the theme. */
const WIDTH = 1.6
const CASING = { width: 3.6, alpha: 0.6 }

const here: Place = { x: 0, y: 0, z: 0 }
const there: Place = { x: 0, y: 0, z: 0 }
const before: Place = { x: 0, y: 0, z: 0 }

/** Adds what has this squared distance from a place: a circle, or for unit features the directions at an angle. */
export function addBorder(scene: Scene, around: MarkPlace, square: number, places: MarkPlaces): void {
  if (!places.normalized) {
    if (places.place(around, here)) addCircle(scene, here, Math.sqrt(square))
  } else if (square < 4 && square >= 0) {
    if (places.locate(around, here)) addCone(scene, here, Math.acos(1 - square / 2))
  }
}

/** A circle in 2-D; the outline of a sphere looks the same. @param radius in units of features */
function addCircle(scene: Scene, { x, y, z }: Place, radius: number): void {
  const alpha = 1 - scene.morph
  if (alpha === 0) return
  const r = (radius * discRadius(scene)) / scene.reach
  strokeBorder(scene, (t, out) => {
    out.x = x + r * Math.cos(2 * Math.PI * t)
    out.y = y + r * Math.sin(2 * Math.PI * t)
    out.z = z
    return alpha
  })
}

/** Directions at an angle to that of a place: two rays in 2-D, a circle on the globe in 3-D. */
function addCone(scene: Scene, at: Place, angle: number): void {
  const { camera, palette } = scene
  const length = Math.hypot(at.x, at.y, at.z) || 1
  const x = at.x / length
  const y = at.y / length
  const z = at.z / length
  const disc = discRadius(scene)
  if (!camera.globe) {
    const direction = Math.atan2(y, x)
    const style = { colour: palette.accent, alpha: 1, width: WIDTH * palette.theme.line }
    here.x = here.y = here.z = 0
    for (const side of [direction - angle, direction + angle]) {
      there.x = disc * Math.cos(side)
      there.y = disc * Math.sin(side)
      addCased(scene, here, there, style)
    }
    return
  }
  // Two directions across that of the place.
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
    turn(camera, px, py, pz, 1, out)
    return depthAlpha(scene, out.z)
  })
}

/** Strokes a closed curve, paper first. @param at writes the place at t in [0, 1] and gives its opacity */
function strokeBorder(scene: Scene, at: (t: number, out: Place) => number): void {
  const { accent, paper, theme } = scene.palette
  for (const casing of [true, false]) {
    at(0, there)
    for (let i = 1; i <= RING_PIECES; i++) {
      Object.assign(before, there)
      const alpha = at(i / RING_PIECES, there)
      const style = casing
        ? { colour: paper, alpha: CASING.alpha * alpha, width: CASING.width * theme.line }
        : { colour: accent, alpha, width: WIDTH * theme.line }
      addLine(scene, before, there, style)
    }
  }
}
