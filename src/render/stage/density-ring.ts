import { CircularDensity, sampleCircle } from '../../geometry/circular-density'

/** Bins over the turn: half a degree each. */
export const RING_BINS = 720
/** Half of the moving mean: three passes of it make a kernel of 1.7° deviation. */
const SMOOTHING = 3
const FOLLOW_MS = 500

/**
 * How directions crowd, for the normalized 2-D view, where all points would lie on one circle: outside of
 * the circle a ring is as high as the points at that angle are dense, and each point sits somewhere within
 * that height, at its exact angle. (On a line this is called a sina plot.)
 */
export class DensityRing {
  /** Height over each bin, as a part of the room there is. */
  readonly heights = new Float32Array(RING_BINS)
  /** Counts changes. */
  version = 0
  private readonly density = new CircularDensity(RING_BINS, SMOOTHING)
  /** The density that fills the room; it follows slowly, so that the ring does not breathe. */
  private full = 0

  /**
   * @param position 4 a point, x and y first
   * @param info 4 a point, the class first
   * @param strength of each class; hidden ones (0) don't count
   */
  update(position: Float32Array, info: Uint8Array, count: number, strength: Float32Array, ms: number): void {
    const { density, heights } = this
    density.clear()
    for (let i = 0; i < count; i++) {
      if (strength[info[4 * i]!] === 0) continue
      density.add(Math.atan2(position[4 * i + 1]!, position[4 * i]!))
    }
    density.smooth()
    const { highest } = density
    const share = this.full === 0 ? 1 : 1 - Math.exp(-ms / FOLLOW_MS)
    // It may grow at once (nothing leaves the room) but shrinks slowly.
    this.full = Math.max(highest, this.full + share * (highest - this.full))
    const scale = this.full > 0 ? 1 / this.full : 0
    for (let i = 0; i < RING_BINS; i++) heights[i] = density.bins[i]! * scale
    this.version++
  }

  /** The height at `angle`, from 0 to 1. */
  at(angle: number): number {
    return sampleCircle(this.heights, angle)
  }
}
