import type { PairTerm } from '../../losses/forms/pairs'
import type { TermSetting } from '../../losses/forms/base'
import { TERMS } from '../../losses/term-registry'
import { Acting } from './acting'
import { stageBatch } from '../../geometry/stage-batch'
import { Centers } from './centers'
import { nearestMeans, type NearestMeans } from './nearest-means'
import type { Place, Scene } from './scene'
import type { StageData } from './stage-data'
import { addAnchor, addBorders, addDiamond, addGap, addRanges, placeMean } from './term-marks'
import { termCaption } from './term-captions'

/** An anchor that nobody chose stays for this long, in milliseconds, while points move. */
const ANCHOR_MS = 2500

/** A pair term with what it does in the batch on the stage. */
export interface Shown {
  readonly term: PairTerm
  readonly setting: TermSetting
  readonly acting: Acting
  /** For the range loss. */
  means: NearestMeans | null
}

/** The terms at work: which points act on each other, and the centres that points are drawn to. */
export class TermLayer {
  private readonly centers = new Map<string, Centers>()
  private shown: Shown[] = []
  private terms: readonly TermSetting[] = []
  private batch: readonly number[] = []
  /** What the batch was drawn from. */
  private batchKey = ''
  /** The chosen point, and where the anchor was otherwise. */
  private focus = -1
  private dirty = true
  private anchorAge = 0
  private readonly from: Place = { x: 0, y: 0, z: 0 }
  private readonly to: Place = { x: 0, y: 0, z: 0 }

  constructor(private data: StageData) {}

  /** Shows other data from now on. */
  showData(data: StageData): void {
    this.data = data
  }

  takeData(): void {
    for (const shown of this.data.centers) {
      const own = this.centers.get(shown.kind) ?? new Centers()
      this.centers.set(shown.kind, own)
      own.take(shown, this.data.generation)
    }
    this.dirty = true
  }

  setTerms(terms: readonly TermSetting[]): void {
    if (terms === this.terms) return
    this.terms = terms
    const before = this.shown
    this.shown = terms.flatMap((setting) => {
      const term = TERMS.get(setting.kind)
      if (term.form !== 'pairs') return []
      const acting = before.find((each) => each.term === term)?.acting ?? new Acting()
      return [{ term, setting, acting, means: null }]
    })
    this.dirty = true
  }

  /** The classes that are shown have changed. */
  invalidate(): void {
    this.dirty = true
  }

  /** @returns whether centres still move */
  advance(ms: number, reach: number): boolean {
    this.anchorAge += ms
    let moving = false
    for (const centers of this.centers.values()) if (centers.glide(ms, reach)) moving = true
    return moving
  }

  settle(): void {
    for (const centers of this.centers.values()) centers.settle()
  }

  /** Adds what lies below the class vectors. @param focus the point that is pinned or pointed at, or −1 */
  addActing(scene: Scene, focus: number): void {
    if (this.shown.length === 0) return
    if (focus !== this.focus) {
      this.focus = focus
      this.dirty = true
    }
    if (this.dirty) this.evaluate(scene)
    for (const { term, setting, acting, means } of this.shown) {
      if (term.acting.name === 'ranges') {
        addRanges(scene, acting)
        if (means) this.addMeans(scene, means, setting)
        continue
      }
      // Of more than three features the stage does not show true distances.
      if (this.data.dimension <= 3) addBorders(scene, acting, setting.normalized)
      addAnchor(scene, acting)
    }
  }

  /** Adds what lies above them. */
  addCenters(scene: Scene): void {
    for (const { setting, position } of this.shownCenters()) {
      for (let j = 0; j < Math.min(position.length / 3, scene.classes.count); j++) {
        const x = position[3 * j]!
        const y = position[3 * j + 1]!
        const z = position[3 * j + 2]!
        placeMean(scene, x, y, z, setting.normalized, this.from)
        addDiamond(scene, this.from, scene.palette.classes[j]!, scene.classes.strength[j]!)
      }
    }
  }

  /** What there is to know about the terms, in sentences. */
  captions(): string[] {
    const { shown, data, focus } = this
    return [
      ...shown.map((each) => termCaption(each, data.classes, focus)),
      ...this.shownCenters().map(
        ({ setting }) => `Diamonds are the centres of ${TERMS.get(setting.kind).name}.`,
      ),
    ]
  }

  /** The terms that are on and have centres, and where these are. */
  private shownCenters(): { readonly setting: TermSetting; readonly position: Float32Array }[] {
    return this.terms.flatMap((setting) => {
      if (!this.data.centers.some(({ kind }) => kind === setting.kind)) return []
      const position = this.centers.get(setting.kind)?.position
      return position ? [{ setting, position }] : []
    })
  }

  private evaluate(scene: Scene): void {
    this.dirty = false
    const { data, focus } = this
    const { strength } = scene.classes
    const count = Math.min(data.count, scene.cloud.count)
    const key = `${data.generation} ${count} ${focus} ${strength.map(Math.sign).join('')}`
    if (key !== this.batchKey) {
      this.batchKey = key
      this.batch = stageBatch(data.labels, count, (label) => strength[label]! > 0, focus)
    }
    const stays = this.anchorAge < ANCHOR_MS || scene.camera.reducedMotion
    if (!stays) this.anchorAge = 0
    for (const each of this.shown) {
      const { term, setting, acting } = each
      const keep = stays && acting.anchor >= 0 ? (acting.points[acting.anchor] ?? -1) : -1
      acting.evaluate(term, setting, this.batch, data.labels, data.features, data.dimension, focus, keep)
      if (term.acting.name !== 'ranges') continue
      each.means = nearestMeans(acting.labels, this.batch, data.features, data.dimension, setting.normalized)
    }
  }

  private addMeans(scene: Scene, { a, b }: NearestMeans, { parameters, normalized }: TermSetting): void {
    this.placeMeanOf(scene, a, normalized, this.from)
    this.placeMeanOf(scene, b, normalized, this.to)
    addGap(scene, this.from, this.to, Math.sqrt(parameters.margin ?? 0), normalized)
  }

  /** Where the mean of a class of the batch is now: of the points as they are shown, so that it glides with them. */
  private placeMeanOf(scene: Scene, label: number, normalized: boolean, out: Place): void {
    const { position } = scene.cloud
    let x = 0
    let y = 0
    let z = 0
    let n = 0
    for (const i of this.batch) {
      if (this.data.labels[i] !== label) continue
      const px = position[4 * i]!
      const py = position[4 * i + 1]!
      const pz = position[4 * i + 2]!
      const scale = normalized ? position[4 * i + 3]! / (Math.hypot(px, py, pz) || 1) : 1
      x += scale * px
      y += scale * py
      z += scale * pz
      n++
    }
    placeMean(scene, x / n, y / n, z / n, normalized, out)
  }
}
