import type { MarkPlace } from '../../losses/drawings/term-drawing'
import { discRadius, placeFeature, placePoint, turn, type Place, type Scene } from './scene'

/** Where the marks of a term are now: of points and centres as they are shown, so that marks glide with them. */
export class MarkPlaces {
  private readonly feature: Place = { x: 0, y: 0, z: 0 }

  /**
   * @param normalized the term sees unit features
   * @param batch places of its samples among all points, whose classes are `labels`
   * @param centers 3 a class
   */
  constructor(
    private readonly scene: Scene,
    readonly normalized: boolean,
    private readonly batch: readonly number[],
    private readonly labels: ArrayLike<number>,
    private readonly centers: Float32Array | undefined,
  ) {}

  /** Where it is in the space that is drawn. @returns whether it is anywhere */
  locate({ of, at }: MarkPlace, out: Place): boolean {
    switch (of) {
      case 'sample':
        return copy(this.scene.cloud.position, 4 * (this.batch[at] ?? NaN), out)
      case 'mean':
        return this.locateMean(at, out)
      case 'center':
        return this.centers !== undefined && copy(this.centers, 3 * at, out)
      case 'origin':
        out.x = out.y = out.z = 0
        return true
    }
  }

  /**
   * Where it is on the stage; a mean of unit features where it lies within the disc.
   * @returns whether it is anywhere
   */
  place(mark: MarkPlace, out: Place): boolean {
    const { scene, feature } = this
    if (!this.locate(mark, feature)) return false
    const { x, y, z } = feature
    if (mark.of === 'sample') placePoint(scene, this.batch[mark.at]!, out)
    // Of the unit disc or ball, whose radius is that of the stage.
    else if (this.normalized) turn(scene.camera, x, y, z, discRadius(scene), out)
    else placeFeature(scene, x, y, z, 1, 0, out)
    return true
  }

  /** The mean of the samples of a class, as the term sees them. */
  private locateMean(label: number, out: Place): boolean {
    const { position } = this.scene.cloud
    let x = 0
    let y = 0
    let z = 0
    let n = 0
    for (const i of this.batch) {
      if (this.labels[i] !== label) continue
      const px = position[4 * i]!
      const py = position[4 * i + 1]!
      const pz = position[4 * i + 2]!
      const scale = this.normalized ? position[4 * i + 3]! / (Math.hypot(px, py, pz) || 1) : 1
      x += scale * px
      y += scale * py
      z += scale * pz
      n++
    }
    out.x = x / n
    out.y = y / n
    out.z = z / n
    return n > 0
  }
}

/** Copies three numbers from `start` on. @returns whether they are there */
function copy(from: Float32Array, start: number, out: Place): boolean {
  if (!(start + 2 < from.length)) return false
  out.x = from[start]!
  out.y = from[start + 1]!
  out.z = from[start + 2]!
  return true
}
