import { stageBatch } from '../../geometry/stage-batch'
import { NOTHING, type ShownBatch, type TermSight } from '../../losses/drawings/term-drawing'
import type { TermSetting } from '../../losses/forms/base'
import type { Term } from '../../losses/forms/term'
import { BatchWatch } from '../../losses/batch-watch'
import { TERMS } from '../../losses/term-registry'
import { Centers } from './centers'
import { MarkPlaces } from './mark-places'
import type { Scene } from './scene'
import type { StageData } from './stage-data'
import { addMark } from './term-marks'

/** What was chosen without being asked for stays for this long, in milliseconds, while points move. */
const STAYS_MS = 2500

/** A term with what it has to show in the batch on the stage. */
interface Shown {
  readonly term: Term
  readonly setting: TermSetting
  readonly draw: (batch: ShownBatch, setting: TermSetting) => TermSight
  sight: TermSight
}

const NO_STATE: ArrayLike<number> = []

/** The terms at work, as each of them has itself drawn. */
export class TermLayer {
  /** By kind of the term that carries them. */
  private centers: ReadonlyMap<string, Centers> = new Map()
  private shown: readonly Shown[] = []
  private terms: readonly TermSetting[] = []
  private batch: readonly number[] = []
  /** What the batch was drawn from. */
  private batchKey = ''
  /** The chosen point, or −1. */
  private focus = -1
  private dirty = true
  private age = 0
  private readonly watch = new BatchWatch()

  constructor(private data: StageData) {}

  /** Shows other data from now on. */
  setData(data: StageData): void {
    this.data = data
  }

  updateData(): void {
    const { states, generation } = this.data
    const before = this.centers
    this.centers = new Map(states.map(({ kind }) => [kind, before.get(kind) ?? new Centers()]))
    for (const { kind, positions } of states) this.centers.get(kind)!.update(positions, generation)
    this.dirty = true
  }

  setTerms(terms: readonly TermSetting[]): void {
    if (terms === this.terms) return
    this.terms = terms
    const before = this.shown
    this.shown = terms.flatMap((setting) => {
      const term = TERMS.get(setting.kind)
      if (!term.drawing) return []
      const draw = before.find((each) => each.term === term)?.draw ?? term.drawing.begin()
      return [{ term, setting, draw, sight: NOTHING }]
    })
    this.dirty = true
  }

  /** The classes that are shown have changed. */
  invalidate(): void {
    this.dirty = true
  }

  /** @returns whether centres still move */
  advance(ms: number, reach: number): boolean {
    this.age += ms
    let moving = false
    for (const centers of this.centers.values()) if (centers.glide(ms, reach)) moving = true
    return moving
  }

  settle(): void {
    for (const centers of this.centers.values()) centers.settle()
  }

  /** Adds what lies below the class vectors. @param focus the point that is pinned or pointed at, or −1 */
  addBelow(scene: Scene, focus: number): void {
    if (this.shown.length === 0) return
    if (focus !== this.focus) {
      this.focus = focus
      this.dirty = true
    }
    if (this.dirty) this.evaluate(scene)
    this.add(scene, false)
  }

  /** Adds what lies above them. */
  addAbove(scene: Scene): void {
    this.add(scene, true)
  }

  /** What there is to know about the terms, in sentences. */
  captions(): string[] {
    return this.shown.map(({ sight }) => sight.caption).filter((caption) => caption !== '')
  }

  private add(scene: Scene, above: boolean): void {
    const { batch, data, centers } = this
    for (const { setting, sight } of this.shown) {
      const { kind, normalized } = setting
      const places = new MarkPlaces(scene, normalized, batch, data.labels, centers.get(kind)?.position)
      for (const mark of sight.marks) {
        if ((mark.above ?? false) === above) addMark(scene, mark, places, data.dimension)
      }
    }
  }

  /** Has each term draw the batch anew. */
  private evaluate(scene: Scene): void {
    this.dirty = false
    const { data, focus, watch } = this
    const { strength } = scene.classes
    const count = Math.min(data.count, scene.cloud.count)
    const key = `${data.generation} ${count} ${focus} ${strength.map(Math.sign).join('')}`
    if (key !== this.batchKey) {
      this.batchKey = key
      this.batch = stageBatch(data.labels, count, (label) => strength[label]! > 0, focus)
    }
    const stays = this.age < STAYS_MS || scene.camera.reducedMotion
    if (!stays) this.age = 0
    const { batch } = this
    for (const each of this.shown) {
      const { term, setting } = each
      watch.setBatch(setting, batch, data.labels, data.features, data.dimension)
      const seen: ShownBatch = {
        points: batch,
        labels: watch.labels,
        dimension: data.dimension,
        features: watch.features,
        squared: watch.squared,
        state: data.states.find(({ kind }) => kind === setting.kind)?.values ?? NO_STATE,
        classes: data.classes,
        chosen: batch.indexOf(focus),
        stays,
        eachActing: (act) => {
          if (term.form === 'pairs') watch.evaluate(setting, act)
        },
      }
      each.sight = each.draw(seen, setting)
    }
  }
}
