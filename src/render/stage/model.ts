import { MarginTable } from '../../losses/margin-table'
import type { Theme } from '../theme'
import { addArc, addRing } from './arcs'
import type { Camera } from './camera'
import { ClassVectors } from './class-vectors'
import { DensityRing } from './density-ring'
import { Fit, NormRings } from './fit'
import type { Labels } from './labels'
import { StageLink } from './link'
import { MarginSizes } from './margin-sizes'
import { Medians } from './medians'
import { paletteOf } from './palette'
import { PointCloud } from './point-cloud'
import { discRadius, layoutFor, placePoint, updateSight, type Place, type Scene, type Sight } from './scene'
import { newStroke, SegmentList } from './segments'
import type { StageData, StageSettings } from './stage-data'
import { TermLayer } from './term-layer'
import { addArrows, nearestTip, pickTip, placeTip } from './vectors'

/** The change between raw and normalized. */
const MORPH_MS = 400
/** Radii of the pinned point's two arcs, as parts of the disc. */
const TARGET_ARC = 0.36
const OTHER_ARC = 0.47
/** Diameter of a point in CSS pixels: the more there are, the smaller. */
const POINT_SIZE = { most: 5, least: 3.2 }
const RING_RADIUS = 7

/** What is on one stage and how it moves, without a page: data in, a scene to paint out. */
export class StageModel {
  readonly cloud = new PointCloud()
  readonly classes = new ClassVectors()
  readonly medians = new Medians()
  readonly fit = new Fit()
  readonly terms: TermLayer
  readonly sizes = new MarginSizes()
  readonly scene: Scene
  private tips: Place[] = []
  /** The classes that the user looks at. */
  private readonly asked: number[] = []
  private settings: StageSettings | null = null
  private theme: Theme
  /** How far the change between raw and normalized has come; straight in time. */
  private morphTime = 0
  private classGeneration = -1
  /** The classes that labels are of. */
  private named: readonly string[] = []
  private densityVersion = -1
  private sizesDirty = true
  private readonly sight: Sight = { nearest: 0, farthest: 1 }
  private readonly place: Place = { x: 0, y: 0, z: 0 }
  private readonly middle: Place = { x: 0, y: 0, z: 0 }
  private readonly toPinned = { ...newStroke(), alpha: 0.8 }

  constructor(
    private data: StageData,
    readonly labels: Labels,
    theme: Theme,
    private readonly link = new StageLink(),
  ) {
    this.theme = theme
    this.terms = new TermLayer(data)
    this.scene = {
      width: 100,
      height: 100,
      camera: link.camera(data.dimension > 2),
      cloud: this.cloud,
      classes: this.classes,
      margin: new MarginTable(),
      density: new DensityRing(),
      rings: new NormRings(),
      segments: new SegmentList(),
      palette: paletteOf(theme, 0),
      layout: layoutFor(100, 100, 1),
      morph: 0,
      reach: 1,
      lengthCounts: true,
      regions: true,
      margins: true,
      pointSize: 4,
      wrongRing: 1,
    }
  }

  get camera(): Camera {
    return this.scene.camera
  }

  /** Shows other data from now on, from the home view. */
  showData(data: StageData): void {
    this.data = data
    this.terms.showData(data)
    this.camera.reset()
  }

  /** Takes what the data are now. */
  takeData(): void {
    const { data } = this
    this.scene.camera = this.link.camera(data.dimension > 2)
    this.showRegions()
    this.cloud.take(data)
    this.classes.take(data)
    this.medians.take(data, this.cloud.target)
    this.terms.takeData()
    this.sizesDirty = true
    this.fit.take(data.norm, data.count, data.generation)
    if (this.classes.generation !== this.classGeneration || data.classes !== this.named) {
      this.classGeneration = this.classes.generation
      this.named = data.classes
      this.tips = Array.from({ length: this.classes.rows }, () => ({ x: 0, y: 0, z: 0 }))
      this.labels.setClasses(data.classes)
      this.setTheme(this.theme)
      this.applyStrength()
    }
    this.updatePoints()
  }

  setSettings(settings: StageSettings): void {
    const first = this.settings === null
    this.settings = settings
    this.showRegions()
    this.scene.lengthCounts = !settings.head.normalizeFeatures
    this.scene.margin.update(settings.head)
    this.terms.setTerms(settings.terms)
    this.sizesDirty = true
    this.applyStrength()
    if (first) this.morphTime = this.scene.morph = settings.space === 'normalized' ? 1 : 0
  }

  setTheme(theme: Theme): void {
    this.theme = theme
    this.scene.palette = paletteOf(theme, this.classes.count)
    this.labels.style(this.scene)
    this.updatePoints()
  }

  resize(width: number, height: number): void {
    this.scene.width = width
    this.scene.height = height
    this.scene.layout = layoutFor(width, height, this.theme.rem / 16)
    this.updatePoints()
  }

  /** Moves everything on by `ms`, to the time `now`. @returns whether anything still moves, apart from the slow turn */
  advance(ms: number, now = NaN): boolean {
    const { settings, scene, camera, fit, classes, cloud } = this
    if (!settings) return false
    if (camera.reducedMotion) this.settle()
    let moving = camera.advance(ms, now)
    if (fit.advance(ms)) moving = true
    if (cloud.glide(ms, fit.reach)) moving = true
    if (classes.glide(ms)) moving = true
    if (this.medians.glide(ms, fit.reach)) moving = true
    if (this.terms.advance(ms, fit.reach)) moving = true
    if (this.morph(settings.space === 'normalized' ? 1 : 0, ms)) moving = true
    if (this.sizesDirty) {
      this.sizesDirty = false
      this.sizes.update(cloud, this.data, settings)
    }
    scene.reach = fit.reach
    classes.derive(settings.head, fit.median)
    updateSight(scene, this.sight)
    const disc = discRadius(scene)
    scene.rings.update(fit.reach / disc, this.sight, disc)
    if (!camera.globe && scene.morph > 0 && this.densityVersion !== cloud.version + classes.strengthVersion) {
      this.densityVersion = cloud.version + classes.strengthVersion
      scene.density.update(cloud.position, cloud.info, cloud.count, classes.strength, ms)
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
    const { scene, settings, classes, tips, labels, asked } = this
    scene.segments.clear()
    if (!settings) return false
    const { longest } = classes
    for (let row = 0; row < classes.rows; row++) {
      placeTip(scene, settings.head.normalizeWeights, longest, row, tips[row]!)
    }
    this.gatherAsked(pinned, hovered, pointed)
    this.terms.addActing(scene, pinned >= 0 ? pinned : hovered)
    this.addAngles(pinned)
    addArrows(scene, tips, asked)
    this.terms.addCenters(scene)
    if (hovered >= 0 && hovered !== pinned) this.addRingAround(hovered)
    if (pinned >= 0) this.addRingAround(pinned)
    return labels.arrange(scene, tips, this.medians, asked)
  }

  /** Where point `i` is shown, valid until the next call. */
  placeOf(i: number): Place {
    placePoint(this.scene, i, this.place)
    return this.place
  }

  /** The class whose arrow ends within `radius` of (x, y), all in CSS pixels; −1 for none. */
  arrowAt(x: number, y: number, radius: number): number {
    return pickTip(this.scene, this.tips, x, y, radius)
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
    const { scene, data, tips, labels, middle } = this
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

  private morph(aim: number, ms: number): boolean {
    const { morphTime, camera } = this
    if (morphTime === aim) return false
    const step = camera.reducedMotion ? 1 : ms / MORPH_MS
    this.morphTime = aim > morphTime ? Math.min(aim, morphTime + step) : Math.max(aim, morphTime - step)
    const t = this.morphTime
    this.scene.morph = t * t * (3 - 2 * t)
    return true
  }

  private settle(): void {
    this.cloud.settle()
    this.classes.settle()
    this.medians.settle()
    this.terms.settle()
    this.fit.settle()
  }

  private applyStrength(): void {
    if (this.settings) this.classes.setStrength(this.settings.hiddenClasses, this.settings.focusedClass)
    this.terms.invalidate()
  }

  /** Size and rings of the points, which depend on how many there are. */
  private updatePoints(): void {
    const { most, least } = POINT_SIZE
    const crowd = Math.min(1, Math.max(0, Math.log10(Math.max(1, this.cloud.count) / 300) / 1.5))
    this.scene.pointSize =
      (most + crowd * (least - most)) * Math.sqrt(this.theme.line) * this.scene.layout.fineness
    // While most are wrong, rings say little and would cover everything.
    const wrong = this.cloud.wrong / Math.max(1, this.cloud.count)
    this.scene.wrongRing = Math.min(0.85, Math.max(0.22, 0.95 - 1.6 * wrong))
  }
}
