import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { repelLabels, spreadAlong } from '../../src/geometry/labels'

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

describe('labels in the plane', () => {
  const bounds = { left: 0, top: 0, right: 300, bottom: 120 }
  const size = [8, 13] as const

  it('part where points coincide, and stay inside', () => {
    const points = Float32Array.from({ length: 10 }, (_, i) => (i % 2 ? 60 : 150))
    const offsets = new Float32Array(10)
    repelLabels(offsets, points, size, bounds, 200)
    for (let i = 0; i < 5; i++) {
      const x = 150 + offsets[2 * i]!
      const y = 60 + offsets[2 * i + 1]!
      expect(x).toBeGreaterThan(0)
      expect(y).toBeLessThan(120)
      for (let k = 0; k < i; k++) {
        const distance = Math.hypot(
          ((offsets[2 * i]! - offsets[2 * k]!) * 13) / 8,
          offsets[2 * i + 1]! - offsets[2 * k + 1]!,
        )
        expect(distance).toBeGreaterThan(9)
      }
    }
  })

  it('hardly move when points hardly move', () => {
    const points = Float32Array.of(50, 50, 58, 52, 60, 45, 200, 100)
    const offsets = new Float32Array(8)
    repelLabels(offsets, points, size, bounds, 300)
    const before = offsets.slice()
    repelLabels(
      offsets,
      points.map((v) => v + 0.5),
      size,
      bounds,
    )
    offsets.forEach((v, i) => expect(Math.abs(v - before[i]!)).toBeLessThan(1))
  })
})
