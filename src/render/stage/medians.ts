import { quantileInPlace } from '../../geometry/quantile'
import { GLIDE_MS } from './point-cloud'
import type { StageData } from './stage-data'

/** A class with fewer points has no middle worth naming. */
const LEAST_POINTS = 4

/** The median feature of each class, coordinate by coordinate; it glides as the points do. */
export class Medians {
  /** classes × 3 */
  position = new Float32Array(0)
  /** Points of each class. */
  counts = new Uint32Array(0)
  private target = new Float32Array(0)
  private shown = new Uint8Array(0)
  private scratch = new Float32Array(0)
  private generation = -1
  private moving = false

  take({ classes, count, labels, positions, generation }: StageData): void {
    const classCount = classes.length
    if (this.counts.length !== classCount) {
      this.position = new Float32Array(3 * classCount)
      this.target = new Float32Array(3 * classCount)
      this.counts = new Uint32Array(classCount)
      this.shown = new Uint8Array(classCount)
    }
    if (generation !== this.generation) {
      this.generation = generation
      this.shown.fill(0)
    }
    if (this.scratch.length < count) this.scratch = new Float32Array(labels.length)
    for (let j = 0; j < classCount; j++) {
      for (let a = 0; a < 3; a++) {
        let n = 0
        for (let i = 0; i < count; i++) if (labels[i] === j) this.scratch[n++] = positions[3 * i + a]!
        this.counts[j] = n
        if (n > 0) this.target[3 * j + a] = quantileInPlace(this.scratch, n, 0.5)
      }
      if (this.counts[j]! > 0 && !this.shown[j]) {
        this.shown[j] = 1
        for (let a = 0; a < 3; a++) this.position[3 * j + a] = this.target[3 * j + a]!
      }
    }
    this.moving = true
  }

  has(j: number): boolean {
    return this.counts[j]! >= LEAST_POINTS
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
    this.moving = farthest > 1e-3 * reach
    return this.moving
  }

  settle(): void {
    this.position.set(this.target)
    this.moving = false
  }
}
