import { tickStep } from 'd3-array'

/** [low, high] extended to round numbers. */
export function roundExtent(low: number, high: number, count = 6): [number, number] {
  const step = tickStep(low, high, count)
  return [Math.floor(low / step + 1e-6) * step, Math.ceil(high / step - 1e-6) * step]
}

/**
 * The extent of an axis under data that move: it grows at once to round numbers when data leave it, and
 * shrinks only when they fill less than half of it, so that the axis stands still most of the time.
 */
export class CalmExtent {
  private extent: [number, number] | null = null

  /** @param least the smallest span that is worth showing. */
  constructor(private readonly least: number) {}

  /** Forgets the data before. */
  reset(): void {
    this.extent = null
  }

  /** The extent of an axis for data in [low, high]. */
  follow(low: number, high: number): readonly [number, number] {
    const { extent, least } = this
    if (!Number.isFinite(low) || !Number.isFinite(high)) return extent ?? [0, least]
    const inside = extent && low >= extent[0] && high <= extent[1]
    if (inside && (high - low > 0.5 * (extent[1] - extent[0]) || extent[1] - extent[0] <= 1.01 * least)) {
      return extent
    }
    const missing = Math.max(0, least - (high - low)) / 2
    const next = roundExtent(low - missing, high + missing)
    // Where rounding undoes the shrinking, it would be undone at each step.
    this.extent = inside && next[1] - next[0] > 0.7 * (extent[1] - extent[0]) ? extent : next
    return this.extent
  }
}

/** Round numbers on a logarithmic axis: powers of ten, with 2 and 5 between them where few would be left. */
export function logTicks(low: number, high: number): number[] {
  const factors = Math.log10(high / low) > 2.5 ? [1] : [1, 2, 5]
  const ticks: number[] = []
  for (let power = Math.floor(Math.log10(low) + 1e-9); power <= Math.log10(high) + 1e-9; power++) {
    for (const factor of factors) {
      // A negative power of ten is not exact, its inverse is.
      const tick = power < 0 ? factor / 10 ** -power : factor * 10 ** power
      if (tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9)) ticks.push(tick)
    }
  }
  return ticks
}
