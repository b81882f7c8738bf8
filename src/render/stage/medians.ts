import { valueAtRank } from '../../geometry/quantiles'
import { GLIDE_MS } from './point-cloud'
import type { StageData } from './stage-data'

/** A class with fewer points has no middle worth naming. */
const LEAST_POINTS = 4

/**
 * The median feature of each class, coordinate by coordinate, and how near its points are; both glide as the points
 * do.
 */
export class Medians {
  /** 4 a class, as in a point cloud: the feature, and the part of its norm that is shown. */
  position = new Float32Array(0)
  /** The distance from there that half of the class's points keep within, in feature space. */
  spread = new Float32Array(0)
  /** Points, class by class, and where each class starts among them. */
  private order = new Int32Array(0)
  private starts = new Int32Array(1)
  private ordered = -1
  private target = new Float32Array(0)
  private targetSpread = new Float32Array(0)
  private shown = new Uint8Array(0)
  private scratch = new Float32Array(0)
  private generation = -1
  private moving = false

  /** @param points 4 a point, where they are to be shown */
  update(data: StageData, points: Float32Array): void {
    const { classes, count, generation } = data
    if (this.shown.length !== classes.length) {
      this.position = new Float32Array(4 * classes.length)
      this.target = new Float32Array(4 * classes.length)
      this.spread = new Float32Array(classes.length)
      this.targetSpread = new Float32Array(classes.length)
      this.shown = new Uint8Array(classes.length)
      this.ordered = -1
    }
    if (generation !== this.generation) {
      this.generation = generation
      this.shown.fill(0)
      this.ordered = -1
    }
    if (count !== this.ordered) this.sort(data)
    const { order, starts, scratch, target, targetSpread } = this
    for (let j = 0; j < classes.length; j++) {
      const start = starts[j]!
      const n = starts[j + 1]! - start
      if (n === 0) continue
      for (let a = 0; a < 4; a++) {
        for (let i = 0; i < n; i++) scratch[i] = points[4 * order[start + i]! + a]!
        target[4 * j + a] = valueAtRank(scratch, 0.5, n)
        if (!this.shown[j]) this.position[4 * j + a] = target[4 * j + a]!
      }
      for (let i = 0; i < n; i++) {
        const at = 4 * order[start + i]!
        const x = points[at]! - target[4 * j]!
        const y = points[at + 1]! - target[4 * j + 1]!
        const z = points[at + 2]! - target[4 * j + 2]!
        scratch[i] = x * x + y * y + z * z
      }
      targetSpread[j] = Math.sqrt(valueAtRank(scratch, 0.5, n))
      if (!this.shown[j]) this.spread[j] = targetSpread[j]!
      this.shown[j] = 1
    }
    this.moving = true
  }

  has(j: number): boolean {
    return this.starts[j + 1]! - this.starts[j]! >= LEAST_POINTS
  }

  /** @returns whether any still moves */
  glide(ms: number, reach: number): boolean {
    if (!this.moving) return false
    const share = 1 - Math.exp(-ms / GLIDE_MS)
    let farthest = 0
    for (let k = 0; k < this.position.length; k++) {
      const away = this.target[k]! - this.position[k]!
      this.position[k]! += share * away
      farthest = Math.max(farthest, Math.abs(away))
    }
    for (let j = 0; j < this.spread.length; j++) {
      const away = this.targetSpread[j]! - this.spread[j]!
      this.spread[j]! += share * away
      farthest = Math.max(farthest, Math.abs(away))
    }
    this.moving = farthest > 1e-3 * reach
    return this.moving
  }

  settle(): void {
    this.position.set(this.target)
    this.spread.set(this.targetSpread)
    this.moving = false
  }

  /** Labels stay as they are while the points do: sorting them once spares looking through all each time. */
  private sort({ classes, count, labels }: StageData): void {
    this.ordered = count
    if (this.order.length < count) {
      this.order = new Int32Array(labels.length)
      this.scratch = new Float32Array(labels.length)
    }
    this.starts = new Int32Array(classes.length + 1)
    const { starts, order } = this
    for (let i = 0; i < count; i++) starts[labels[i]! + 1]!++
    for (let j = 0; j < classes.length; j++) starts[j + 1]! += starts[j]!
    const next = starts.slice()
    for (let i = 0; i < count; i++) order[next[labels[i]!]!++] = i
  }
}
