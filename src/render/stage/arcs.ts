import type { Rgb } from './palette'
import { depthAlpha, discRadius, unitPixels, type Place, type Scene } from './scene'
import { newStroke } from './segments'

/** Pieces of an arc: 4° each at most. */
const PIECES = 45
const RING_PIECES = 28

const stroke = newStroke()

/**
 * Adds the arc between the directions of a feature and of a class vector, along the great circle, at a part
 * of the disc's radius. @param middle receives the place of its middle, for a label
 */
export function addArc(
  scene: Scene,
  from: Place,
  to: Place,
  radius: number,
  colour: Rgb,
  middle: Place,
): void {
  const fromLength = Math.hypot(from.x, from.y, from.z)
  const toLength = Math.hypot(to.x, to.y, to.z)
  const scale = radius * discRadius(scene)
  let cosine = (from.x * to.x + from.y * to.y + from.z * to.z) / (fromLength * toLength)
  cosine = Math.min(1, Math.max(-1, cosine))
  const angle = Math.acos(cosine)
  const sine = Math.sin(angle)
  // Opposite directions have no shortest arc, and equal ones need none.
  if (!(sine > 1e-4)) {
    middle.x = (scale * from.x) / (fromLength || 1)
    middle.y = (scale * from.y) / (fromLength || 1)
    middle.z = (scale * from.z) / (fromLength || 1)
    return
  }
  stroke.colour = colour
  stroke.width = 1.6 * scene.palette.theme.line
  const pieces = Math.max(2, Math.ceil((angle / Math.PI) * PIECES))
  let px = 0
  let py = 0
  for (let i = 0; i <= pieces; i++) {
    const t = i / pieces
    const a = (scale * Math.sin((1 - t) * angle)) / sine / fromLength
    const b = (scale * Math.sin(t * angle)) / sine / toLength
    const x = a * from.x + b * to.x
    const y = a * from.y + b * to.y
    const z = a * from.z + b * to.z
    stroke.alpha = depthAlpha(scene, z)
    if (i > 0) scene.segments.add(px, py, x, y, stroke)
    px = x
    py = y
    if (i === pieces >> 1) {
      middle.x = x
      middle.y = y
      middle.z = z
    }
  }
}

/** Adds a ring around a place. @param radius in CSS pixels */
export function addRing(scene: Scene, at: Place, radius: number, width: number): void {
  const { palette, segments } = scene
  const r = radius / unitPixels(scene)
  stroke.alpha = 1
  for (const casing of [true, false]) {
    stroke.colour = casing ? palette.paper : palette.ink
    stroke.width = (casing ? width + 2.4 : width) * palette.theme.line
    for (let i = 0; i < RING_PIECES; i++) {
      const a = (2 * Math.PI * i) / RING_PIECES
      const b = (2 * Math.PI * (i + 1)) / RING_PIECES
      const ax = at.x + r * Math.cos(a)
      const ay = at.y + r * Math.sin(a)
      segments.add(ax, ay, at.x + r * Math.cos(b), at.y + r * Math.sin(b), stroke)
    }
  }
}
