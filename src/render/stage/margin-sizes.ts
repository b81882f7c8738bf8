import { fillIndividualMargins, individualMarginOf } from '../../losses/individual-margins'
import { fixed } from '../format'
import type { PointCloud } from './point-cloud'
import type { StageData, StageSettings } from './stage-data'

/** Margins that differ by less than this count as the same. */
const SAME = 1e-4

/** Sizes of the points by their individual margins. */
export class MarginSizes {
  /** What the sizes mean, in a sentence, or null where they mean nothing. */
  caption: string | null = null
  private margins = new Float32Array(0)

  /** Writes the sizes of the points into the cloud. */
  update(cloud: PointCloud, data: StageData, { head, sizes }: StageSettings): void {
    const own = sizes ? individualMarginOf(head) : null
    const { count } = cloud
    if (!own || !data.frame || count === 0) {
      if (this.caption !== null) setAll(cloud, 0)
      this.caption = null
      return
    }
    if (this.margins.length < count) this.margins = new Float32Array(data.labels.length)
    const { margins } = this
    fillIndividualMargins(margins, head, data.frame.carried, data, count)
    let least = Infinity
    let most = -Infinity
    for (let i = 0; i < count; i++) {
      least = Math.min(least, margins[i]!)
      most = Math.max(most, margins[i]!)
    }
    const unit = own.unit === '' ? '' : ` ${own.unit}`
    if (most - least < SAME) {
      setAll(cloud, 0)
      this.caption = `All points have the same margin now, ${fixed(most, 2)}${unit}.`
      return
    }
    for (let i = 0; i < count; i++) {
      cloud.info[4 * i + 3] = 1 + Math.round((254 * (margins[i]! - least)) / (most - least))
    }
    cloud.infoVersion++
    this.caption = `Large points have a large margin: ${fixed(least, 2)} to ${fixed(most, 2)}${unit}.`
  }
}

function setAll(cloud: PointCloud, size: number): void {
  for (let i = 0; i < cloud.count; i++) cloud.info[4 * i + 3] = size
  cloud.infoVersion++
}
