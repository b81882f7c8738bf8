import { multipleOf } from '../format'
import { MOST_RINGS } from './rings'
import { clippedEnd } from './clip'
import type { Medians } from './medians'
import { newBox, repel, type LabelBox } from '../../geometry/labels'
import { newSpot, sizeSpot } from './spots'
import { Thinning } from './thin-out'
import {
  depthAlpha,
  discRadius,
  placeFeature,
  toPixelX,
  toPixelY,
  unitPixels,
  type Place,
  type Scene,
} from './scene'

/** A class vector's end, a cluster's middle, degrees, norms of circles, the angles of the pinned point. */
export type LabelKind = 'vector' | 'cluster' | 'degree' | 'norm' | 'angle'

export interface StageLabel extends LabelBox {
  readonly kind: LabelKind
  text: string
  /** The same as a formula, where there is a symbol in it. */
  tex: string | null
  /** CSS pixels. */
  size: number
  weight: number
  colour: string
}

const SIZES: Record<LabelKind, number> = { vector: 16, cluster: 13, degree: 12, norm: 12, angle: 12 }
const WEIGHTS: Record<LabelKind, number> = { vector: 700, cluster: 600, degree: 400, norm: 400, angle: 500 }
const DEGREES = 12
/** Where the norms of circles are written, in radians. */
const NORM_ANGLE = (75 * Math.PI) / 180
/** Among more classes that are shown, only arrows are named, and of them those that have room. */
const MOST_NAMED = 40
/** CSS pixels of their names then. */
const SMALL = 13
/** Fainter names among many, as those of arrows that point away, would only blur the picture. */
const LEAST_ALPHA = 0.6
const LONGEST_NAME = 12
/** Pixels that a label keeps from the stage's edge, where it can. */
const EDGE = 12

/** All text on the stage but captions: where it goes, and that nothing covers anything else. */
export class Labels {
  list: StageLabel[] = []
  /** Counts other sets of labels. */
  generation = 0
  private vectors: StageLabel[] = []
  private clusters: StageLabel[] = []
  private degrees: StageLabel[] = []
  private norms: StageLabel[] = []
  private angles: StageLabel[] = []
  /** Where all points of a class lie close together; nothing is written there. */
  private spots: LabelBox[] = []
  /** Those that push each other. */
  private readonly movable: LabelBox[] = []
  private thinning = new Thinning()
  private readonly place: Place = { x: 0, y: 0, z: 0 }

  /** @param measure the width of a text in CSS pixels */
  constructor(private readonly measure: (text: string, size: number, weight: number) => number) {
    this.setClasses([])
  }

  /** Begins anew for these classes. */
  setClasses(names: readonly string[]): void {
    const short = names.map((name) =>
      name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name,
    )
    this.vectors = short.map((name) => newLabel('vector', name))
    this.clusters = short.map((name) => newLabel('cluster', name))
    this.spots = short.map(() => newSpot())
    this.degrees = Array.from({ length: DEGREES }, (_, k) => newLabel('degree', `${(360 / DEGREES) * k}°`))
    this.norms = Array.from({ length: MOST_RINGS }, () => newLabel('norm', ''))
    this.angles = [newLabel('angle', ''), newLabel('angle', '')]
    this.thinning = new Thinning()
    this.list = [...this.degrees, ...this.norms, ...this.clusters, ...this.vectors, ...this.angles]
    this.generation++
  }

  /** Sizes and colours of the theme. */
  style({ palette }: Scene): void {
    const { theme } = palette
    const scale = theme.rem / 16
    for (const label of this.list) {
      const small = label.kind === 'vector' && this.vectors.length > MOST_NAMED
      label.size = (small ? SMALL : SIZES[label.kind]) * scale
      label.weight = WEIGHTS[label.kind]
      label.colour = label.kind === 'vector' ? theme.ink : label.kind === 'cluster' ? theme.ink2 : theme.ink3
      if (label.kind === 'angle') label.colour = theme.ink
      this.setText(label, label.text)
    }
  }

  /**
   * Where everything goes now.
   * @param asked the classes that the user looks at: named also where there is no room for all
   * @returns whether labels still move apart
   */
  arrange(scene: Scene, tips: readonly Place[], medians: Medians, asked: readonly number[]): boolean {
    const crowded = isCrowded(scene)
    this.arrangeVectors(scene, tips)
    this.arrangeClusters(scene, medians, crowded)
    this.arrangeDegrees(scene)
    this.arrangeNorms(scene)
    this.gatherMovable(crowded ? asked : null)
    const moved = repel(this.movable)
    if (crowded) this.thinning.apply(this.vectors, this.movable, LEAST_ALPHA)
    this.giveWay()
    return moved > 0.2
  }

  /** The angle of the pinned point's arc `k`; null for none. */
  setAngle(scene: Scene, k: 0 | 1, radians: number | null, middle: Place): void {
    const label = this.angles[k]!
    label.alpha = radians === null ? 0 : depthAlpha(scene, middle.z)
    if (radians === null) return
    this.setText(label, `${((radians * 180) / Math.PI).toFixed(1)}°`)
    const away = 1 + 16 / Math.max(1, unitPixels(scene) * Math.hypot(middle.x, middle.y))
    label.x = toPixelX(scene, middle.x * away)
    label.y = toPixelY(scene, middle.y * away)
  }

  /** @param asked the classes whose arrows have a name in any case; null for all */
  private gatherMovable(asked: readonly number[] | null): void {
    const { movable, vectors } = this
    movable.length = 0
    for (const j of asked ?? []) {
      const label = vectors[j]!
      if (label.alpha > 0) label.alpha = Math.max(label.alpha, LEAST_ALPHA)
      movable.push(label)
    }
    if (!asked) movable.push(...vectors)
    movable.push(...this.angles, ...this.clusters)
    if (!asked) movable.push(...this.spots)
  }

  private arrangeVectors(scene: Scene, tips: readonly Place[]): void {
    const unit = unitPixels(scene)
    this.vectors.forEach((label, j) => {
      const { x, y, z } = tips[scene.classes.main[j]!]!
      // Before a run's first frame there are no vectors: all names would lie on the origin.
      const known = scene.classes.norms[scene.classes.main[j]!]! > 0
      label.alpha = known ? scene.classes.strength[j]! * depthAlpha(scene, z) : 0
      // On the unit circle of the plane there are points outside, so the name comes before the arrow's end.
      const out = scene.camera.globe ? 13 : 13 - 32 * scene.morph
      const length = Math.hypot(x, y) * unit
      const [ux, uy] = length > 1 ? [(x * unit) / length, (y * unit) / length] : [0, 1]
      label.x = toPixelX(scene, x + (ux * out) / unit)
      label.y = toPixelY(scene, y + (uy * out) / unit)
      this.keepInSight(scene, label)
    })
  }

  private arrangeClusters(scene: Scene, medians: Medians, crowded: boolean): void {
    const { place } = this
    const unit = unitPixels(scene)
    this.clusters.forEach((label, j) => {
      const spot = this.spots[j]!
      label.alpha = spot.alpha = 0
      if (!medians.has(j) || crowded) return
      const { position } = medians
      const x = position[4 * j]!
      const y = position[4 * j + 1]!
      const z = position[4 * j + 2]!
      placeFeature(scene, x, y, z, position[4 * j + 3]!, 1, place)
      const length = Math.hypot(place.x, place.y)
      const away = scene.camera.globe ? 1 : 1 + (11 * scene.morph) / Math.max(1, unit * length)
      label.x = toPixelX(scene, place.x * away)
      label.y = toPixelY(scene, place.y * away)
      label.alpha = scene.classes.strength[j]! * depthAlpha(scene, place.z)
      const scale = Math.hypot(length, place.z) / Math.max(1e-12, Math.hypot(x, y, z))
      spot.x = toPixelX(scene, place.x)
      spot.y = toPixelY(scene, place.y)
      spot.alpha = label.alpha
      sizeSpot(spot, medians.spread[j]! * scale * unit)
    })
  }

  private arrangeDegrees(scene: Scene): void {
    const { layout, camera } = scene
    const radius = layout.dial + 19 / unitPixels(scene)
    const shown = layout.numbered && !camera.globe
    this.degrees.forEach((label, k) => {
      const angle = (2 * Math.PI * k) / DEGREES
      label.alpha = shown ? 1 : 0
      label.x = toPixelX(scene, radius * Math.cos(angle))
      label.y = toPixelY(scene, radius * Math.sin(angle))
    })
  }

  private arrangeNorms(scene: Scene): void {
    const { rings, morph, reach } = scene
    const scale = discRadius(scene) / reach
    // The outermost in sight says what the numbers are.
    let named = false
    for (let k = this.norms.length - 1; k >= 0; k--) {
      const label = this.norms[k]!
      label.alpha = k < rings.count ? Math.max(0, 1 - 2 * morph) : 0
      if (label.alpha === 0) continue
      this.placeOnRing(scene, label, scale * rings.norms[k]!)
      if (label.alpha === 0) continue
      const value = multipleOf(rings.step, rings.norms[k]!)
      label.tex = named ? null : `\\lVert x\\rVert=${value}`
      this.setText(label, named ? value : `‖x‖ = ${value}`)
      named = true
    }
  }

  private placeOnRing(scene: Scene, label: StageLabel, radius: number): void {
    label.x = toPixelX(scene, radius * Math.cos(NORM_ANGLE))
    label.y = toPixelY(scene, radius * Math.sin(NORM_ANGLE))
    if (isInside(scene, label.x, label.y)) return
    // Zoomed in, the numbers lie on the way from the origin to the middle of the stage.
    const { panX, panY } = scene.camera
    const away = Math.hypot(panX, panY) || 1
    label.x = toPixelX(scene, (-radius * panX) / away)
    label.y = toPixelY(scene, (-radius * panY) / away)
    if (!isInside(scene, label.x, label.y)) label.alpha = 0
  }

  /** The name of an arrow that leaves the stage is where it does. */
  private keepInSight(scene: Scene, label: StageLabel): void {
    const x = toPixelX(scene, 0)
    const y = toPixelY(scene, 0)
    const end = clippedEnd(x, y, label.x, label.y, EDGE, scene.width - EDGE, EDGE, scene.height - EDGE)
    label.x = x + end * (label.x - x)
    label.y = y + end * (label.y - y)
  }

  /** Quiet labels vanish under the names of classes. */
  private giveWay(): void {
    for (const quiet of this.norms) this.hideUnder(quiet)
    for (const quiet of this.degrees) this.hideUnder(quiet)
  }

  private hideUnder(quiet: StageLabel): void {
    if (quiet.alpha === 0) return
    hide(quiet, this.vectors)
    hide(quiet, this.angles)
    hide(quiet, this.clusters)
  }

  private setText(label: StageLabel, text: string): void {
    label.text = text
    label.width = this.measure(text, label.size, label.weight)
    label.height = label.size * 0.95
  }
}

/** A label vanishes as it comes under others. */
function hide(quiet: StageLabel, under: readonly StageLabel[]): void {
  for (const { x, y, dx, dy, width, height, alpha } of under) {
    const apartX = Math.abs(x + dx - quiet.x) - (width + quiet.width) / 2
    const apartY = Math.abs(y + dy - quiet.y) - (height + quiet.height) / 2
    const apart = Math.max(apartX, apartY)
    if (apart < 6) quiet.alpha *= 1 - alpha * Math.min(1, (6 - apart) / 6)
  }
}

/** Whether more classes are shown than have room for their names. */
function isCrowded({ classes }: Scene): boolean {
  let shown = 0
  for (let j = 0; j < classes.count; j++) if (classes.strength[j]! > 0) shown++
  return shown > MOST_NAMED
}

function isInside({ width, height }: Scene, x: number, y: number): boolean {
  return x > EDGE && x < width - EDGE && y > EDGE && y < height - EDGE
}

function newLabel(kind: LabelKind, text: string): StageLabel {
  return {
    kind,
    text,
    tex: null,
    size: SIZES[kind],
    weight: 400,
    colour: '',
    ...newBox(),
  }
}
