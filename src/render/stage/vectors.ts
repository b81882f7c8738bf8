import { depthAlpha, discRadius, toPixelX, toPixelY, turn, type Place, type Scene } from './scene'
import { newStroke } from './segments'

/** The longest class vector, as a part of the disc, where lengths differ. */
const LONGEST = 0.8
const ARROW_HEAD = 11
const ARROW_WIDTH = 1.7
/** Width and strength of vectors that are not their class's main one, as parts of its. */
const SIDE_WIDTH = 0.65
const SIDE_STRENGTH = 0.5
/** More arrows than these are the thinner the more there are, or they would cover the points. */
const ROOMY = 40
/** But no thinner than this part: a line of less than a pixel breaks into dashes. */
const THINNEST = 0.65

const arrow = newStroke(true)

/**
 * Where the arrow of class vector `row` ends. Raw, its length shows ‖W‖ beside the others'; unit vectors, and all
 * of them in the normalized view, end on the circle.
 */
export function placeTip(scene: Scene, unitWeights: boolean, longest: number, row: number, out: Place): void {
  const { classes, camera, morph } = scene
  const raw = unitWeights || longest === 0 ? 1 : (LONGEST * classes.norms[row]!) / longest
  const length = discRadius(scene) * (raw + morph * (1 - raw))
  const x = length * classes.directions[3 * row]!
  const y = length * classes.directions[3 * row + 1]!
  const z = length * classes.directions[3 * row + 2]!
  turn(camera, x, y, z, 1, out)
}

/**
 * Adds an arrow for each class vector to the scene's segments, those that point away from the viewer first.
 * @param asked classes that the user looks at: of full size also among many
 */
export function addArrows(scene: Scene, tips: readonly Place[], asked: readonly number[]): void {
  const { classes, palette, layout, segments } = scene
  const crowd = Math.min(1, Math.sqrt(ROOMY / Math.max(1, classes.rows)))
  for (const near of [false, true]) {
    for (let row = 0; row < classes.rows; row++) {
      const { x, y, z } = tips[row]!
      if (z >= 0 !== near) continue
      const j = classes.ownerOf(row)
      const main = classes.isMain(row)
      const alpha = classes.strength[j]! * depthAlpha(scene, z) * (main ? 1 : SIDE_STRENGTH)
      if (alpha === 0) continue
      const size = layout.fineness * (main ? 1 : SIDE_WIDTH) * (asked.includes(j) ? 1 : crowd)
      arrow.colour = palette.classes[j]!
      arrow.alpha = alpha
      arrow.width = ARROW_WIDTH * Math.max(size, THINNEST * layout.fineness) * palette.theme.line
      arrow.head = ARROW_HEAD * size
      segments.add(0, 0, x, y, arrow)
    }
  }
}

/** The class that is shown and whose arrow ends nearest to (x, y), within `radius` and not on the far half; or −1. */
export function pickTip(scene: Scene, tips: readonly Place[], x: number, y: number, radius: number): number {
  const { classes, camera } = scene
  let nearest = -1
  let least = radius
  for (let row = 0; row < classes.rows; row++) {
    const tip = tips[row]!
    const j = classes.ownerOf(row)
    if (classes.strength[j] === 0 || (camera.globe && tip.z < 0)) continue
    const away = Math.hypot(toPixelX(scene, tip.x) - x, toPixelY(scene, tip.y) - y)
    if (away < least) [nearest, least] = [j, away]
  }
  return nearest
}

/** The tip of the vector of class `j` that is at the smallest angle to a place. */
export function nearestTip(
  { classes: { subCenters } }: Scene,
  tips: readonly Place[],
  j: number,
  at: Place,
): Place {
  let nearest = tips[j * subCenters]!
  let highest = -Infinity
  for (let row = j * subCenters; row < (j + 1) * subCenters; row++) {
    const tip = tips[row]!
    const along = (tip.x * at.x + tip.y * at.y + tip.z * at.z) / (Math.hypot(tip.x, tip.y, tip.z) || 1)
    if (along > highest) [nearest, highest] = [tip, along]
  }
  return nearest
}
