import { MarginTable } from '../../losses/margin-table'
import type { Theme } from '../theme'
import { addArc, addRing } from './arcs'
import type { Camera } from './camera'
import type { ClassVectors } from './class-vectors'
import type { Fit } from './fit'
import type { Labels } from './labels'
import { StageLink } from './link'
import { MarginSizes } from './margin-sizes'
import { Medians } from './medians'
import type { PointCloud } from './point-cloud'
import { PointModel } from './point-model'
import { placePoint, type Place, type StageScene } from './scene'
import { newStroke } from './segments'
import type { StageData, StageSettings } from './stage-data'
import { TermLayer } from './term-layer'
import { nearestTip, pickTip } from './vectors'

/** Radii of the pinned point's two arcs, as parts of the disc. */
const TARGET_ARC = 0.36
const OTHER_ARC = 0.47
const RING_RADIUS = 7

/**
 * What is on one stage and how it moves, without a page: points and class vectors, and with them regions, names, terms
 * at work, and what is said of single points.
 */
export class StageModel {
  readonly medians = new Medians()
  readonly terms: TermLayer
  readonly sizes = new MarginSizes()
  readonly scene: StageScene
  private readonly points: PointModel
  /** The classes that the user looks at. */
  private readonly asked: number[] = []
  private settings: StageSettings | null = null
  private classGeneration = -1
  /** The classes that labels are of. */
  private named: readonly string[] = []
  private sizesDirty = true
  private readonly place: Place = { x: 0, y: 0, z: 0 }
  private readonly middle: Place = { x: 0, y: 0, z: 0 }
  private readonly toPinned = { ...newStroke(), alpha: 0.8 }

  constructor(
    private data: StageData,
    readonly labels: Labels,
    theme: Theme,
    link = new StageLink(),
  ) {
    this.points = new PointModel(data, theme, link)
    this.terms = new TermLayer(data)
    const more = { margin: new MarginTable(), regions: true, margins: true }
    // The points' own, so that both see all that changes.
    this.scene = Object.assign(this.points.scene, more)
  }

  get camera(): Camera {
    return this.scene.camera
  }

  get cloud(): PointCloud {
    return this.points.cloud
  }

  get classes(): ClassVectors {
    return this.points.classes
  }

  get fit(): Fit {
    return this.points.fit
  }

  /** Shows other data from now on, from the home view. */
  setData(data: StageData): void {
    this.data = data
    this.points.setData(data)
    this.terms.setData(data)
  }

  /** Takes what the data are now. */
  updateData(): void {
    const { data, cloud, classes, labels } = this
    this.showRegions()
    this.points.updateData()
    this.medians.update(data, cloud.target)
    this.terms.updateData()
    this.sizesDirty = true
    if (classes.generation === this.classGeneration && data.classes === this.named) return
    this.classGeneration = classes.generation
    this.named = data.classes
    labels.setClasses(data.classes)
    labels.style(this.scene)
    this.terms.invalidate()
  }

  setSettings(settings: StageSettings): void {
    this.settings = settings
    this.points.setSettings(settings)
    this.showRegions()
    this.scene.margin.update(settings.head)
    this.terms.setTerms(settings.terms)
    this.terms.invalidate()
    this.sizesDirty = true
  }

  setTheme(theme: Theme): void {
    this.points.setTheme(theme)
    this.labels.style(this.scene)
  }

  resize(width: number, height: number): void {
    this.points.resize(width, height)
  }

  /** Moves everything on by `ms`, to the time `now`. @returns whether anything still moves, apart from the slow turn */
  advance(ms: number, now = NaN): boolean {
    const { settings, camera, fit, medians, terms } = this
    if (!settings) return false
    let moving = this.points.advance(ms, now)
    if (camera.reducedMotion) {
      medians.settle()
      terms.settle()
    }
    if (medians.glide(ms, fit.reach)) moving = true
    if (terms.advance(ms, fit.reach)) moving = true
    if (this.sizesDirty) {
      this.sizesDirty = false
      this.sizes.update(this.cloud, this.data, settings)
    }
    return moving
  }

  /**
   * Places arrows, arcs and labels.
   * @param pinned a point, or −1
   * @param hovered a point, or −1
   * @param pointed the class whose arrow is pointed at, or −1
   * @returns whether labels still move apart
   */
  compose(pinned: number, hovered: number, pointed = -1): boolean {
    const { scene, points, labels, asked } = this
    if (!points.begin()) return false
    this.gatherAsked(pinned, hovered, pointed)
    this.terms.addBelow(scene, pinned >= 0 ? pinned : hovered)
    this.addAngles(pinned)
    points.addArrows(asked)
    this.terms.addAbove(scene)
    if (hovered >= 0 && hovered !== pinned) this.addRingAround(hovered)
    if (pinned >= 0) this.addRingAround(pinned)
    return labels.arrange(scene, points.tips, this.medians, asked)
  }

  /** Where point `i` is shown, valid until the next call. */
  placeOf(i: number): Place {
    placePoint(this.scene, i, this.place)
    return this.place
  }

  /** The class whose arrow ends within `radius` of (x, y), all in CSS pixels; −1 for none. */
  arrowAt(x: number, y: number, radius: number): number {
    return pickTip(this.scene, this.points.tips, x, y, radius)
  }

  private gatherAsked(pinned: number, hovered: number, pointed: number): void {
    this.asked.length = 0
    this.ask(this.settings?.focusedClass ?? -1)
    this.ask(pointed)
    this.askForPoint(pinned)
    this.askForPoint(hovered)
  }

  private askForPoint(point: number): void {
    if (point < 0) return
    this.ask(this.data.labels[point]!)
    this.ask(this.data.otherClass[point]!)
  }

  private ask(j: number): void {
    if (j >= 0 && j < this.classes.count && !this.asked.includes(j)) this.asked.push(j)
  }

  /** The arcs from the pinned point to its class and to the nearest other, with a line to the point. */
  private addAngles(pinned: number): void {
    const { scene, data, labels, middle } = this
    const { tips } = this.points
    const { segments, palette, classes } = scene
    const own = pinned < 0 ? -1 : data.labels[pinned]!
    if (own < 0 || classes.count === 0) {
      labels.setAngle(scene, 0, null, middle)
      labels.setAngle(scene, 1, null, middle)
      return
    }
    const at = this.placeOf(pinned)
    this.toPinned.colour = palette.ink2
    this.toPinned.width = palette.theme.line
    segments.add(0, 0, at.x, at.y, this.toPinned)
    const other = data.otherClass[pinned]!
    addArc(scene, at, nearestTip(scene, tips, own, at), TARGET_ARC, palette.classes[own]!, middle)
    labels.setAngle(scene, 0, data.targetAngle[pinned]!, middle)
    addArc(scene, at, nearestTip(scene, tips, other, at), OTHER_ARC, palette.classes[other]!, middle)
    labels.setAngle(scene, 1, data.otherAngle[pinned]!, middle)
  }

  private addRingAround(i: number): void {
    addRing(this.scene, this.placeOf(i), RING_RADIUS * Math.max(0.8, this.scene.pointSize / 4), 1.5)
  }

  /**
   * In more than three dimensions regions depend on what the stage can not show, and before the first frame on class
   * vectors that are not known.
   */
  private showRegions(): void {
    const shown = this.data.dimension <= 3 && this.data.count > 0
    this.scene.regions = shown && this.settings?.regions === true
    this.scene.margins = shown && this.settings?.margins === true
  }
}
