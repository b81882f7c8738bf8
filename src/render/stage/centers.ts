import { GLIDE_MS } from './point-cloud'

/** The centres of a term as they are shown: they glide as the points do. */
export class Centers {
  /** 3 a class. */
  position = new Float32Array(0)
  private target = new Float32Array(0)
  private generation = -1
  private moving = false

  /** @param positions 3 a class @param generation another number when points are others than before */
  update(positions: Float32Array, generation: number): void {
    const fresh = generation !== this.generation || positions.length !== this.target.length
    this.generation = generation
    if (positions.length !== this.target.length) {
      this.position = new Float32Array(positions.length)
      this.target = new Float32Array(positions.length)
    }
    this.target.set(positions)
    if (fresh) this.position.set(this.target)
    this.moving = positions.length > 0
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
