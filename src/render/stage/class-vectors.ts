import type { DirectionalClassifier } from '../../geometry/demanded-region'
import { rowNorms } from '../../geometry/rows'
import { GLIDE_MS } from './point-cloud'
import type { PointData, PointHead } from './stage-data'

/** How a class is drawn: its part of full strength, by what is hidden and singled out. */
const FADED = 0.15

/**
 * The class vectors as they are shown: they glide as the points do, so that arrows, borders and wedges move
 * together with them.
 */
export class ClassVectors implements DirectionalClassifier {
  /** Number of classes. */
  count = 0
  /** K, vectors of each class; row r of what follows is class ⌊r / K⌋'s. */
  subCenters = 1
  /** rows × 3, W_r / ‖W_r‖ in the space that is drawn. */
  directions = new Float32Array(0)
  /** v_r: ‖W_r‖, or 1 where class weights are normalized. */
  lengths = new Float32Array(0)
  /** b_j of each class, 0 without bias. */
  bias = new Float32Array(0)
  /** u; where features count as they are, that of the features to be asked about. */
  featureLength = 1
  /** ‖W_r‖ */
  norms = new Float32Array(0)
  /** The row that is nearest to most points of each class. */
  main = new Int32Array(0)
  /** Of each class, from 1 (shown) to 0 (hidden). */
  strength = new Float32Array(0)
  /** Counts changes of `strength`. */
  strengthVersion = 0
  /** Counts other sets of classes or vectors. */
  generation = 0
  /** rows × 5: W_r as it is drawn, ‖W_r‖ and b of its class. */
  private now = new Float32Array(0)
  private target = new Float32Array(0)
  /** Points that are nearest to each row. */
  private takers = new Uint32Array(0)
  private moving = false
  private fresh = true
  private runGeneration = -1

  /** Rows of all classes. */
  get rows(): number {
    return this.count * this.subCenters
  }

  update(data: PointData): void {
    const { generation, classes, classPositions, dimension, frame } = data
    const count = classes.length
    // Until a new run's first frame comes, there are as many vectors as before.
    const given = frame ? frame.weights.length / (count * dimension) : this.subCenters
    const subCenters = Number.isInteger(given) ? given : this.subCenters
    if (count !== this.count || subCenters !== this.subCenters) this.begin(count, subCenters)
    if (generation !== this.runGeneration) {
      this.runGeneration = generation
      this.fresh = true
    }
    // They also stay where they were.
    if (frame?.weights.length !== this.rows * dimension) return
    const norms = rowNorms(frame.weights, dimension)
    for (let row = 0; row < this.rows; row++) {
      for (let a = 0; a < 3; a++) this.target[5 * row + a] = classPositions[3 * row + a]!
      this.target[5 * row + 3] = norms[row]!
      this.target[5 * row + 4] = frame.bias[this.ownerOf(row)] ?? 0
    }
    if (subCenters > 1) this.findMain(data)
    if (this.fresh) this.now.set(this.target)
    this.fresh = false
    this.moving = true
  }

  /** @returns whether any still moves */
  glide(ms: number): boolean {
    if (!this.moving) return false
    const share = 1 - Math.exp(-ms / GLIDE_MS)
    let farthest = 0
    for (let k = 0; k < this.now.length; k++) {
      const away = this.target[k]! - this.now[k]!
      this.now[k]! += share * away
      farthest = Math.max(farthest, Math.abs(away) / (Math.abs(this.target[k]!) + 0.05))
    }
    if (farthest < 5e-4) this.settle()
    return this.moving
  }

  settle(): void {
    this.now.set(this.target)
    this.moving = false
  }

  /** Brings what is derived from the vectors up to date, for a head and for features of length `norm`. */
  derive(head: PointHead, norm: number): void {
    for (let row = 0; row < this.rows; row++) {
      const length = this.now[5 * row + 3]!
      for (let a = 0; a < 3; a++) this.directions[3 * row + a] = this.now[5 * row + a]! / (length || 1)
      this.norms[row] = length
      this.lengths[row] = head.normalizeWeights ? 1 : length
      this.bias[this.ownerOf(row)] = head.bias ? this.now[5 * row + 4]! : 0
    }
    this.featureLength = head.normalizeFeatures ? head.scale : norm
  }

  /** The class of a row. */
  ownerOf(row: number): number {
    return Math.floor(row / this.subCenters)
  }

  /** Whether a row is the one of its class that most points are nearest to. */
  isMain(row: number): boolean {
    return this.main[this.ownerOf(row)] === row
  }

  /** The greatest ‖W_r‖. */
  get longest(): number {
    let longest = 0
    for (let row = 0; row < this.rows; row++) longest = Math.max(longest, this.norms[row]!)
    return longest
  }

  setStrength(hidden: readonly number[], focused: number | null): void {
    for (let j = 0; j < this.count; j++) {
      this.strength[j] = hidden.includes(j) ? 0 : focused === null || focused === j ? 1 : FADED
    }
    this.strengthVersion++
  }

  /** Counts the points of each class by the row that they are nearest to. */
  private findMain({ count, labels, positions }: PointData): void {
    const { subCenters, target, takers, main } = this
    takers.fill(0)
    for (let i = 0; i < count; i++) {
      const first = labels[i]! * subCenters
      let nearest = first
      let highest = -Infinity
      for (let row = first; row < first + subCenters; row++) {
        let along = 0
        for (let a = 0; a < 3; a++) along += positions[3 * i + a]! * target[5 * row + a]!
        along /= target[5 * row + 3]! || 1
        if (along > highest) [nearest, highest] = [row, along]
      }
      takers[nearest]!++
    }
    for (let row = 0; row < this.rows; row++) {
      const j = this.ownerOf(row)
      if (takers[row]! > takers[main[j]!]!) main[j] = row
    }
  }

  private begin(count: number, subCenters: number): void {
    this.count = count
    this.subCenters = subCenters
    const { rows } = this
    this.directions = new Float32Array(3 * rows)
    this.lengths = new Float32Array(rows).fill(1)
    this.bias = new Float32Array(count)
    this.norms = new Float32Array(rows)
    this.main = Int32Array.from({ length: count }, (_, j) => j * subCenters)
    this.takers = new Uint32Array(rows)
    this.strength = new Float32Array(count).fill(1)
    this.now = new Float32Array(5 * rows)
    this.target = new Float32Array(5 * rows)
    this.fresh = true
    this.generation++
  }
}
