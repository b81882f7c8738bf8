import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { spreadAlong } from '../../src/geometry/labels'
import { BesidePoints } from '../../src/panels/weight-norm/beside-points'

describe('labels along a line', () => {
  it('stay where they are when there is room', () => {
    expect(spreadAlong([50, 10, 30], 12, 0, 100)).toEqual([50, 10, 30])
  })

  it('keep their distance, their order and their bounds', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { maxLength: 8 }), (wanted) => {
        const placed = spreadAlong(wanted, 12, 0, 100)
        const order = wanted.map((_, i) => i).sort((a, b) => wanted[a]! - wanted[b]! || a - b)
        order.forEach((i, k) => {
          expect(placed[i]).toBeGreaterThanOrEqual(-1e-9)
          expect(placed[i]).toBeLessThanOrEqual(100 + 1e-9)
          if (k > 0) expect(placed[i]! - placed[order[k - 1]!]!).toBeGreaterThanOrEqual(12 - 1e-9)
        })
      }),
    )
  })
})

describe('labels beside points', () => {
  const plot = { left: 30, top: 10, right: 330, bottom: 110 }
  const SIZE = 12
  const WIDTH = 9

  /** All on one place, in a row too close for labels, and at the edges. */
  const crowds: Record<string, number[]> = {
    'on one place': Array.from({ length: 10 }, () => [150, 60]).flat(),
    'one above another': Array.from({ length: 10 }, (_, i) => [150, 20 + 7 * i]).flat(),
    'at the edges': [30, 10, 330, 10, 30, 110, 330, 110, 329, 109],
  }

  it.each(Object.entries(crowds))(
    '%s cover neither each other nor the points, and stay in the plot',
    (_, at) => {
      const beside = new BesidePoints()
      let places = beside.arrange(at, plot, WIDTH, SIZE)
      for (let frame = 0; frame < 5; frame++) places = beside.arrange(at, plot, WIDTH, SIZE)
      places.forEach(({ x, y }, i) => {
        expect(x).toBeGreaterThan(plot.left)
        expect(x).toBeLessThanOrEqual(plot.right + WIDTH)
        expect(y).toBeGreaterThan(plot.top)
        expect(y).toBeLessThan(plot.bottom)
        for (const other of places.slice(i + 1)) {
          expect(Math.abs(x - other.x) >= WIDTH - 0.5 || Math.abs(y - other.y) >= 0.8 * SIZE - 0.5).toBe(true)
        }
        for (let k = 0; k < at.length; k += 2) {
          expect(Math.hypot(x - at[k]!, y - at[k + 1]!)).toBeGreaterThan(4)
        }
      })
    },
  )

  it('hardly move when points hardly move', () => {
    const at = [50, 50, 58, 52, 60, 45, 200, 100]
    const beside = new BesidePoints()
    for (let frame = 0; frame < 30; frame++) beside.arrange(at, plot, WIDTH, SIZE)
    const before = beside.arrange(at, plot, WIDTH, SIZE)
    const after = beside.arrange(
      at.map((v) => v + 0.5),
      plot,
      WIDTH,
      SIZE,
    )
    after.forEach(({ x, y }, i) => expect(Math.hypot(x - before[i]!.x, y - before[i]!.y)).toBeLessThan(1.5))
  })
})
