/** The features of each point as a run first showed them: what "before" is. */
export class FirstFeatures {
  /** count × d; of points that were seen. */
  features = new Float32Array(0)
  /** The step that each point's features are of, −1 for a point that was not seen yet. */
  steps = new Int32Array(0)
  private dimension = 0
  private firstImage = -1

  /** Makes room for points, whose images lie together from `firstImage` on. What is known of the same ones stays. */
  begin(firstImage: number, count: number, dimension: number): void {
    const same = firstImage === this.firstImage && dimension === this.dimension
    const features = new Float32Array(count * dimension)
    const steps = new Int32Array(count).fill(-1)
    if (same) {
      features.set(this.features.subarray(0, features.length))
      steps.set(this.steps.subarray(0, count))
    }
    Object.assign(this, { features, steps, firstImage, dimension })
  }

  /** Keeps those of `features` that are the first of their points, the `first` of them and what follows. */
  record(step: number, first: number, features: Float32Array): void {
    const { dimension, steps } = this
    for (let row = 0; row < features.length / dimension; row++) {
      const point = first + row
      if (steps[point] !== -1) continue
      steps[point] = step
      for (let k = 0; k < dimension; k++) {
        this.features[point * dimension + k] = features[row * dimension + k]!
      }
    }
  }
}
