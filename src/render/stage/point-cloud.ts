import type { PointData } from './stage-data'

/** Time constant of gliding, in milliseconds: with 4 to 15 updates a second it looks like flowing. */
export const GLIDE_MS = 150
/** Closer than this part of the reach, a point has arrived. */
const ARRIVED = 5e-4

/** The points as they are shown: each follows its feature smoothly. Buffers that the painter reads. */
export class PointCloud {
  count = 0
  /**
   * 4 a point: the feature (x, y, z), then the part of ‖x‖ that these three make up: 1, less where d > 3.
   */
  position = new Float32Array(0)
  /**
   * 4 a point: class, 1 if the net says another, place within the density ring (0 … 255), and size as in
   * point-size.ts.
   */
  info = new Uint8Array(0)
  /** How many the net gets wrong. */
  wrong = 0
  /** Counts changes of `position`, and of `info`. */
  version = 0
  infoVersion = 0
  /** Where the points are gliding to, 4 a point as in `position`. */
  target = new Float32Array(0)
  private generation = -1
  private moving = false

  /** Follows new data. Points that were not there before start in their places. */
  update(data: PointData): void {
    if (data.generation !== this.generation) this.begin(data)
    const { positions, labels, predicted, norm, dimension, count } = data
    const before = this.count
    this.count = count
    this.wrong = 0
    for (let i = 0; i < count; i++) {
      const x = positions[3 * i]!
      const y = positions[3 * i + 1]!
      const z = positions[3 * i + 2]!
      this.target[4 * i] = x
      this.target[4 * i + 1] = y
      this.target[4 * i + 2] = z
      this.target[4 * i + 3] = dimension > 3 ? Math.sqrt(x * x + y * y + z * z) / (norm[i]! || 1) : 1
      this.info[4 * i] = labels[i]!
      const wrong = predicted[i] === labels[i] ? 0 : 1
      this.info[4 * i + 1] = wrong
      this.wrong += wrong
    }
    if (count > before) this.position.set(this.target.subarray(4 * before, 4 * count), 4 * before)
    this.moving = count > 0
    this.version++
    this.infoVersion++
  }

  /** @param reach the length that fills the stage @returns whether any point still moves */
  glide(ms: number, reach: number): boolean {
    if (!this.moving) return false
    const { position, target } = this
    const share = 1 - Math.exp(-ms / GLIDE_MS)
    const end = 4 * this.count
    let farthest = 0
    for (let k = 0; k < end; k++) {
      const away = target[k]! - position[k]!
      position[k]! += share * away
      if (away > farthest) farthest = away
      else if (-away > farthest) farthest = -away
    }
    this.moving = farthest > ARRIVED * reach
    if (!this.moving) position.set(target)
    this.version++
    return this.moving
  }

  /** Everything at its place at once. */
  settle(): void {
    this.position.set(this.target)
    this.moving = false
    this.version++
  }

  private begin({ generation, labels }: PointData): void {
    this.generation = generation
    this.count = 0
    const room = labels.length
    if (this.info.length !== 4 * room) {
      this.position = new Float32Array(4 * room)
      this.target = new Float32Array(4 * room)
      this.info = new Uint8Array(4 * room)
    }
    // The golden ratio spreads neighbours in the order far apart, and the same way each time.
    for (let i = 0; i < room; i++) this.info[4 * i + 2] = Math.floor(256 * ((i * 0.6180339887498949) % 1))
  }
}
