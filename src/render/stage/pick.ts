import { placePoint, toPixelX, toPixelY, type Place, type Scene } from './scene'

const place: Place = { x: 0, y: 0, z: 0 }

/**
 * The visible point nearest to (x, y) within `radius`, all in CSS pixels; −1 for none. On the globe, points
 * of the far half are taken only where no near one is.
 */
export function pickPoint(scene: Scene, x: number, y: number, radius: number): number {
  const { cloud, classes, camera } = scene
  let nearest = -1
  let least = radius * radius
  let farNearest = -1
  let farLeast = least
  for (let i = 0; i < cloud.count; i++) {
    const shown = classes.strength[cloud.info[4 * i]!]!
    if (shown === 0) continue
    placePoint(scene, i, place)
    const dx = toPixelX(scene, place.x) - x
    const dy = toPixelY(scene, place.y) - y
    const distance = dx * dx + dy * dy
    if (camera.globe && place.z < 0) {
      if (distance < farLeast) {
        farLeast = distance
        farNearest = i
      }
    } else if (distance < least) {
      least = distance
      nearest = i
    }
  }
  return nearest >= 0 ? nearest : farNearest
}
