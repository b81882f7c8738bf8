import { summarize, type Summary } from '../../geometry/quantiles'

/** The norms of the points, class by class and all together. */
export class GroupedNorms {
  /** Norms class by class; class j's are those from starts[j] to starts[j + 1]. */
  private grouped = new Float32Array(0)
  private starts = new Int32Array(0)
  private all = new Float32Array(0)
  private shown = 0

  /** @param isShown 1 for each class that is to be counted. */
  group(norms: Float32Array, labels: Uint8Array, count: number, isShown: Uint8Array): void {
    const classes = isShown.length
    if (this.grouped.length < norms.length) {
      this.grouped = new Float32Array(norms.length)
      this.all = new Float32Array(norms.length)
    }
    if (this.starts.length !== classes + 1) this.starts = new Int32Array(classes + 1)
    const { grouped, all, starts } = this
    starts.fill(0)
    for (let i = 0; i < count; i++) if (isShown[labels[i]!]) starts[labels[i]! + 1]!++
    for (let j = 0; j < classes; j++) starts[j + 1]! += starts[j]!
    this.shown = starts[classes]!
    // Filling moves each start to its end, which is the next start: they are moved back after it.
    for (let i = 0; i < count; i++) if (isShown[labels[i]!]) grouped[starts[labels[i]!]!++] = norms[i]!
    starts.copyWithin(1, 0, classes)
    starts[0] = 0
    all.set(grouped.subarray(0, this.shown))
  }

  /** Norms of a class, in no order. */
  of(j: number): Float32Array {
    return this.grouped.subarray(this.starts[j], this.starts[j + 1])
  }

  summaryOf(j: number): Summary {
    return summarize(this.of(j))
  }

  summaryOfAll(): Summary {
    return summarize(this.all.subarray(0, this.shown))
  }
}
