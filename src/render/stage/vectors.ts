import { depthAlpha, discRadius, type Place, type Scene } from './scene'

/** The longest class vector, as a part of the disc, where lengths differ. */
const LONGEST = 0.8
const ARROW_HEAD = 11
const ARROW_WIDTH = 1.7

/**
 * Where the arrow of class `j` ends. Raw, its length shows ‖W_j‖ beside the others'; unit vectors, and all
 * of them in the normalized view, end on the circle.
 */
export function placeTip(scene: Scene, unitWeights: boolean, longest: number, j: number, out: Place): void {
  const { classes, camera, morph } = scene
  const { rotation: m } = camera
  const raw = unitWeights || longest === 0 ? 1 : (LONGEST * classes.norms[j]!) / longest
  const length = discRadius(scene) * (raw + morph * (1 - raw))
  const x = length * classes.directions[3 * j]!
  const y = length * classes.directions[3 * j + 1]!
  const z = length * classes.directions[3 * j + 2]!
  out.x = m[0]! * x + m[1]! * y + m[2]! * z
  out.y = m[3]! * x + m[4]! * y + m[5]! * z
  out.z = m[6]! * x + m[7]! * y + m[8]! * z
}

/** Adds an arrow for each class to the scene's segments, those that point away from the viewer first. */
export function addArrows(scene: Scene, tips: readonly Place[]): void {
  for (const near of [false, true]) {
    for (let j = 0; j < scene.classes.count; j++) {
      const { x, y, z } = tips[j]!
      if (z >= 0 !== near) continue
      const alpha = scene.classes.strength[j]! * depthAlpha(scene, z)
      if (alpha === 0) continue
      const width = ARROW_WIDTH * scene.layout.fineness * scene.palette.theme.line
      const head = ARROW_HEAD * scene.layout.fineness
      scene.segments.add(0, 0, x, y, scene.palette.classes[j]!, alpha, width, head, true)
    }
  }
}
