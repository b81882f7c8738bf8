import type { Theme } from '../theme'
import { ClassVectors } from './class-vectors'
import { DensityRing } from './density-ring'
import { Fit } from './fit'
import { StageLink } from './link'
import { paletteOf } from './palette'
import { PointCloud } from './point-cloud'
import { discRadius, layoutFor, updateSight, type Place, type Scene } from './scene'
import { NormRings, type Sight } from './rings'
import { SegmentList } from './segments'
import type { PointData, PointSettings } from './stage-data'
import { addArrows, placeTip } from './vectors'

/** The change between raw and normalized. */
const MORPH_MS = 400
/** Diameter of a point in CSS pixels: the more there are, the smaller. */
const POINT_SIZE = { most: 5, least: 3.2 }

/** Points and class vectors of one stage and how they move, without a page: data in, a scene to paint out. */
export class PointModel {
  readonly cloud = new PointCloud()
  readonly classes = new ClassVectors()
  readonly fit = new Fit()
  readonly scene: Scene
  /** Where the arrow of each class vector ends. */
  tips: readonly Place[] = []
  private settings: PointSettings | null = null
  /** How far the change between raw and normalized has come; straight in time. */
  private morphTime = 0
  private classGeneration = -1
  private densityVersion = -1
  private readonly sight: Sight = { nearest: 0, farthest: 1 }

  constructor(
    private data: PointData,
    private theme: Theme,
    private readonly link = new StageLink(),
  ) {
    this.scene = {
      width: 100,
      height: 100,
      camera: link.camera(data.dimension > 2),
      cloud: this.cloud,
      classes: this.classes,
      density: new DensityRing(),
      rings: new NormRings(),
      segments: new SegmentList(),
      palette: paletteOf(theme, 0),
      layout: layoutFor(100, 100, 1),
      morph: 0,
      reach: 1,
      lengthCounts: true,
      pointSize: 4,
      wrongRing: 1,
    }
  }

  /** Shows other data from now on, from the home view. */
  setData(data: PointData): void {
    this.data = data
    this.scene.camera.reset()
  }

  /** Takes what the data are now. */
  updateData(): void {
    const { data, scene, classes } = this
    scene.camera = this.link.camera(data.dimension > 2)
    this.cloud.update(data)
    classes.update(data)
    this.fit.update(data.norm, data.count, data.generation)
    if (classes.generation !== this.classGeneration) {
      this.classGeneration = classes.generation
      this.tips = Array.from({ length: classes.rows }, () => ({ x: 0, y: 0, z: 0 }))
      scene.palette = paletteOf(this.theme, classes.count)
      this.applyStrength()
    }
    this.updatePoints()
  }

  setSettings(settings: PointSettings): void {
    const first = this.settings === null
    this.settings = settings
    this.scene.lengthCounts = !settings.head.normalizeFeatures
    this.applyStrength()
    if (first) this.morphTime = this.scene.morph = settings.space === 'normalized' ? 1 : 0
  }

  setTheme(theme: Theme): void {
    this.theme = theme
    this.scene.palette = paletteOf(theme, this.classes.count)
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
    const { settings, scene, fit, classes, cloud } = this
    if (!settings) return false
    const { camera } = scene
    if (camera.reducedMotion) this.settle()
    let moving = camera.advance(ms, now)
    if (fit.advance(ms)) moving = true
    if (cloud.glide(ms, fit.reach)) moving = true
    if (classes.glide(ms)) moving = true
    if (this.morph(settings.space === 'normalized' ? 1 : 0, ms)) moving = true
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
   * Begins to place segments anew: clears them, and says where arrows end.
   * @returns whether there is something to place
   */
  begin(): boolean {
    const { scene, settings, classes, tips } = this
    scene.segments.clear()
    if (!settings) return false
    const { longest } = classes
    tips.forEach((tip, row) => {
      placeTip(scene, settings.head.normalizeWeights, longest, row, tip)
    })
    return true
  }

  /** @param asked classes that the user looks at */
  addArrows(asked: readonly number[] = []): void {
    addArrows(this.scene, this.tips, asked)
  }

  private morph(aim: number, ms: number): boolean {
    const { morphTime, scene } = this
    if (morphTime === aim) return false
    const step = scene.camera.reducedMotion ? 1 : ms / MORPH_MS
    this.morphTime = aim > morphTime ? Math.min(aim, morphTime + step) : Math.max(aim, morphTime - step)
    const t = this.morphTime
    scene.morph = t * t * (3 - 2 * t)
    return true
  }

  private settle(): void {
    this.cloud.settle()
    this.classes.settle()
    this.fit.settle()
  }

  private applyStrength(): void {
    const { settings } = this
    if (settings) this.classes.setStrength(settings.hiddenClasses, settings.focusedClass)
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
