import type { DirectionalClassifier } from '../../geometry/demanded-region'
import { rowNorms } from '../../geometry/measure'
import type { ActiveHead } from '../../losses/head'
import { GLIDE_MS } from './point-cloud'
import type { StageData } from './stage-data'

/** How a class is drawn: its part of full strength, by what is hidden and singled out. */
const FADED = 0.15

/**
 * The class vectors as they are shown: they glide as the points do, so that arrows, borders and wedges move
 * together with them.
 */
export class ClassVectors implements DirectionalClassifier {
  count = 0
  /** count × 3, W_j / ‖W_j‖ in the space that is drawn. */
  directions = new Float32Array(0)
  /** v_j: ‖W_j‖, or 1 where class weights are normalized. */
  lengths = new Float32Array(0)
  /** b_j, 0 without bias. */
  bias = new Float32Array(0)
  /** u; where features count as they are, that of the features to be asked about. */
  featureLength = 1
  /** ‖W_j‖ */
  norms = new Float32Array(0)
  /** From 1 (shown) to 0 (hidden). */
  strength = new Float32Array(0)
  /** Counts changes of `strength`. */
  strengthVersion = 0
  /** Counts other sets of classes. */
  generation = 0
  /** count × 5: W_j as it is drawn, ‖W_j‖ and b_j. */
  private now = new Float32Array(0)
  private target = new Float32Array(0)
  private moving = false
  private fresh = true
  private runGeneration = -1

  take({ generation, classes, classPositions, dimension, frame }: StageData): void {
    const count = classes.length
    if (count !== this.count) this.begin(count)
    if (generation !== this.runGeneration) {
      this.runGeneration = generation
      this.fresh = true
    }
    // Until a new run's first frame comes, the old class vectors stay where they were.
    if (frame?.weights.length !== count * dimension) return
    const norms = rowNorms(frame.weights, dimension)
    for (let j = 0; j < count; j++) {
      for (let a = 0; a < 3; a++) this.target[5 * j + a] = classPositions[3 * j + a]!
      this.target[5 * j + 3] = norms[j]!
      this.target[5 * j + 4] = frame.bias[j] ?? 0
    }
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
  derive(head: ActiveHead, norm: number): void {
    for (let j = 0; j < this.count; j++) {
      const length = this.now[5 * j + 3]!
      for (let a = 0; a < 3; a++) this.directions[3 * j + a] = this.now[5 * j + a]! / (length || 1)
      this.norms[j] = length
      this.lengths[j] = head.normalizeWeights ? 1 : length
      this.bias[j] = head.bias ? this.now[5 * j + 4]! : 0
    }
    this.featureLength = head.normalizeFeatures ? head.scale : norm
  }

  /** The greatest ‖W_j‖. */
  get longest(): number {
    let longest = 0
    for (let j = 0; j < this.count; j++) longest = Math.max(longest, this.norms[j]!)
    return longest
  }

  setStrength(hidden: readonly number[], focused: number | null): void {
    for (let j = 0; j < this.count; j++) {
      this.strength[j] = hidden.includes(j) ? 0 : focused === null || focused === j ? 1 : FADED
    }
    this.strengthVersion++
  }

  private begin(count: number): void {
    this.count = count
    this.directions = new Float32Array(3 * count)
    this.lengths = new Float32Array(count).fill(1)
    this.bias = new Float32Array(count)
    this.norms = new Float32Array(count)
    this.strength = new Float32Array(count).fill(1)
    this.now = new Float32Array(5 * count)
    this.target = new Float32Array(5 * count)
    this.fresh = true
    this.generation++
  }
}
