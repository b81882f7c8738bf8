import type { MarginTable } from '../../losses/margin-table'
import type { Camera } from './camera'
import type { ClassVectors } from './class-vectors'
import type { DensityRing } from './density-ring'
import type { Palette } from './palette'
import type { PointCloud } from './point-cloud'
import type { NormRings, Sight } from './rings'
import type { SegmentList } from './segments'

/**
 * The radii of a stage. Lengths on it are in units of half of its smaller side, with the origin in the middle
 * and y upwards, before zoom and pan.
 */
export interface Layout {
  /** Of the disc in the raw view, where ‖x‖ is the reach. */
  readonly rawDisc: number
  /** Of the unit circle in the normalized view: outside, the density ring needs room. */
  readonly unitDisc: number
  /** How high the density ring may be. */
  readonly ring: number
  /** Of the globe in 3-D. */
  readonly globe: number
  /** Of the circle that carries the degrees, in 2-D. */
  readonly dial: number
  /** Whether there is room for numbers at the dial. */
  readonly numbered: boolean
  /** Of points and arrows: on a phone everything is finer. */
  readonly fineness: number
}

/** Under this many pixels of half a side, a stage is a phone's. */
const SMALL = 260

/** Type keeps its size in pixels, so what it needs is subtracted from the radii. */
export function layoutFor(width: number, height: number, textScale: number): Layout {
  const half = Math.max(60, Math.min(width, height) / 2)
  const part = (pixels: number): number => (pixels * textScale) / half
  const numbered = half >= SMALL
  const dial = 1 - part(numbered ? 30 : 10)
  const ring = 0.2
  return {
    fineness: Math.min(1.1, Math.max(0.72, Math.sqrt(half / 340))),
    dial,
    numbered,
    ring,
    rawDisc: dial - part(numbered ? 28 : 24),
    unitDisc: dial - ring - part(24),
    globe: 1 - part(numbered ? 36 : 26),
  }
}

/** What a painter needs to know to draw points and class vectors of one stage. */
export interface Scene {
  /** Size in CSS pixels. */
  width: number
  height: number
  camera: Camera
  readonly cloud: PointCloud
  readonly classes: ClassVectors
  readonly density: DensityRing
  readonly rings: NormRings
  readonly segments: SegmentList
  palette: Palette
  layout: Layout
  /** 0 is the raw view, 1 the normalized; between while it changes. */
  morph: number
  /** ‖x‖ at the disc's radius in the raw view. */
  reach: number
  /** Whether features count as they are in the logits, rather than with length s. */
  lengthCounts: boolean
  /** Diameter of a point in CSS pixels. */
  pointSize: number
  /** Opacity of the rings around points that the net gets wrong. */
  wrongRing: number
}

/** The same with the regions that points lie in. */
export interface StageScene extends Scene {
  readonly margin: MarginTable
  /** Whether decision regions are shown, and those that the margin demands. */
  regions: boolean
  margins: boolean
}

/** Radius of the disc or globe now. */
export function discRadius({ camera, morph, layout }: Scene): number {
  return camera.globe ? layout.globe : layout.rawDisc + morph * (layout.unitDisc - layout.rawDisc)
}

/** CSS pixels in a stage unit, zoom included. */
export function unitPixels({ width, height, camera }: Scene): number {
  return (Math.min(width, height) / 2) * camera.zoom
}

export function updateSight({ width, height, camera }: Scene, out: Sight): void {
  const half = Math.min(width, height) / 2
  // The origin as seen from the middle of the stage, and the stage's corner, in stage units.
  const x = Math.abs(camera.panX) / camera.zoom
  const y = Math.abs(camera.panY) / camera.zoom
  const cornerX = width / 2 / half / camera.zoom
  const cornerY = height / 2 / half / camera.zoom
  out.nearest = Math.hypot(Math.max(0, x - cornerX), Math.max(0, y - cornerY))
  out.farthest = Math.hypot(x + cornerX, y + cornerY)
}

/** A place on the stage, with depth towards the viewer. */
export interface Place {
  x: number
  y: number
  z: number
}

/** Turns (x, y, z) as the camera does, times a scale. */
export function turn(
  { rotation: m }: Camera,
  x: number,
  y: number,
  z: number,
  scale: number,
  out: Place,
): void {
  out.x = scale * (m[0]! * x + m[1]! * y + m[2]! * z)
  out.y = scale * (m[3]! * x + m[4]! * y + m[5]! * z)
  out.z = scale * (m[6]! * x + m[7]! * y + m[8]! * z)
}

/** Where a feature (or its part in three directions, making up `part` of its norm) is shown. As in points.ts. */
export function placeFeature(
  scene: Scene,
  x: number,
  y: number,
  z: number,
  part: number,
  spread: number,
  out: Place,
): void {
  const { camera, morph, reach, density, layout } = scene
  const disc = discRadius(scene)
  const length = Math.sqrt(x * x + y * y + z * z)
  const raw = disc / reach
  let unit = (disc * part) / Math.max(length, 1e-12)
  if (!camera.globe && morph > 0) {
    unit *= 1 + (layout.ring * density.at(Math.atan2(y, x)) * spread) / disc
  }
  const scale = raw + morph * (unit - raw)
  turn(camera, x, y, z, scale, out)
}

/** Where point `i` is shown. */
export function placePoint(scene: Scene, i: number, out: Place): void {
  const { position, info } = scene.cloud
  placeFeature(
    scene,
    position[4 * i]!,
    position[4 * i + 1]!,
    position[4 * i + 2]!,
    position[4 * i + 3]!,
    (info[4 * i + 2]! + 0.5) / 256,
    out,
  )
}

/** From stage units to CSS pixels, from the top left corner. */
export function toPixelX(scene: Scene, x: number): number {
  return (
    scene.width / 2 + (Math.min(scene.width, scene.height) / 2) * (x * scene.camera.zoom + scene.camera.panX)
  )
}

export function toPixelY(scene: Scene, y: number): number {
  return (
    scene.height / 2 - (Math.min(scene.width, scene.height) / 2) * (y * scene.camera.zoom + scene.camera.panY)
  )
}

/** How visible something at depth `z` is: what is behind the globe's middle fades. */
export function depthAlpha(scene: Scene, z: number): number {
  if (!scene.camera.globe) return 1
  const t = Math.min(1, Math.max(0, z / scene.layout.globe / 0.9 + 0.5))
  return 0.22 + 0.78 * t * t * (3 - 2 * t)
}
