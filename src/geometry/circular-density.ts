const TURN = 2 * Math.PI
/** Three passes of a moving mean come close to a normal kernel; its deviation is about this many bins. */
const PASSES = 3

/**
 * How many directions lie near each angle: a histogram over the circle, smoothed. Reused from frame to frame;
 * nothing is allocated after construction.
 */
export class CircularDensity {
  readonly bins: Float32Array
  private readonly scratch: Float32Array

  /**
   * @param count bins over the whole turn
   * @param reach half of the moving mean's width, in bins
   */
  constructor(
    readonly count: number,
    private readonly reach: number,
  ) {
    this.bins = new Float32Array(count)
    this.scratch = new Float32Array(count)
  }

  clear(): void {
    this.bins.fill(0)
  }

  /** Adds a direction at `angle` radians, any turn. */
  add(angle: number): void {
    this.bins[this.binOf(angle)]! += 1
  }

  /** Smooths what was added; the sum over all bins stays the same. */
  smooth(): void {
    const { bins, scratch, count, reach } = this
    const width = 2 * reach + 1
    for (let pass = 0; pass < PASSES; pass++) {
      let sum = 0
      for (let i = -reach; i <= reach; i++) sum += bins[(i + count) % count]!
      for (let i = 0; i < count; i++) {
        scratch[i] = sum / width
        sum += bins[(i + reach + 1) % count]! - bins[(i - reach + count) % count]!
      }
      bins.set(scratch)
    }
  }

  /** The largest bin. */
  get highest(): number {
    let highest = 0
    for (let i = 0; i < this.count; i++) if (this.bins[i]! > highest) highest = this.bins[i]!
    return highest
  }

  /** The density at `angle`, linear between the centres of bins. */
  at(angle: number): number {
    return sampleCircle(this.bins, angle)
  }

  private binOf(angle: number): number {
    const turns = angle / TURN
    return Math.min(this.count - 1, Math.floor((turns - Math.floor(turns)) * this.count))
  }
}

/** A value at `angle` radians from `values` at equal angles (bin centres), linear between them. */
export function sampleCircle(values: Float32Array, angle: number): number {
  const count = values.length
  const turns = angle / TURN
  const place = (turns - Math.floor(turns)) * count - 0.5
  const left = Math.floor(place)
  const a = values[(left + count) % count]!
  const b = values[(left + 1) % count]!
  return a + (place - left) * (b - a)
}
