import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { repel, type LabelBox } from '../../src/geometry/labels'

const box = (x: number, y: number, change: Partial<LabelBox> = {}): LabelBox => ({
  x,
  y,
  width: 12,
  height: 14,
  dx: 0,
  dy: 0,
  beforeX: 0,
  beforeY: 0,
  alpha: 1,
  fixed: false,
  ...change,
})

function overlaps(labels: readonly LabelBox[]): number {
  let count = 0
  labels.forEach((a, i) => {
    for (const b of labels.slice(i + 1)) {
      if (a.alpha === 0 || b.alpha === 0) continue
      const x = Math.abs(a.x + a.dx - b.x - b.dx) < (a.width + b.width) / 2
      const y = Math.abs(a.y + a.dy - b.y - b.dy) < (a.height + b.height) / 2
      if (x && y) count++
    }
  })
  return count
}

describe('labels', () => {
  it('never overlap after repelling, wherever twenty of them lie', () => {
    const place = fc.tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 300 }))
    fc.assert(
      fc.property(fc.array(place, { minLength: 2, maxLength: 20 }), (places) => {
        const labels = places.map(([x, y]) => box(x, y))
        // A label may need more than one frame to find its place in a crowd.
        for (let frame = 0; frame < 3; frame++) repel(labels)
        expect(overlaps(labels)).toBe(0)
      }),
      { numRuns: 300, seed: 1 },
    )
  })

  it('part even when they lie at the same place', () => {
    const labels = [box(50, 50), box(50, 50), box(50, 50)]
    repel(labels)
    expect(overlaps(labels)).toBe(0)
  })

  it('stay where they are when there is room', () => {
    const labels = [box(0, 0), box(40, 0), box(0, 40)]
    expect(repel(labels)).toBe(0)
    expect(labels.every(({ dx, dy }) => dx === 0 && dy === 0)).toBe(true)
  })

  it('go around one that is fixed, and through one that is not shown', () => {
    const labels = [box(50, 50, { fixed: true }), box(53, 50), box(53, 50, { alpha: 0 })]
    repel(labels)
    expect([labels[0]!.dx, labels[0]!.dy]).toEqual([0, 0])
    expect([labels[2]!.dx, labels[2]!.dy]).toEqual([0, 0])
    expect(overlaps(labels)).toBe(0)
  })

  it('return to their places once there is room', () => {
    const labels = [box(50, 50), box(52, 50)]
    repel(labels)
    labels[1]!.x = 200
    for (let frame = 0; frame < 60; frame++) repel(labels)
    expect(Math.abs(labels[0]!.dx)).toBeLessThan(0.1)
  })

  it('come to rest', () => {
    const labels = [box(50, 50), box(55, 52), box(48, 57), box(60, 50)]
    let moved = Infinity
    for (let frame = 0; frame < 120; frame++) moved = repel(labels)
    expect(moved).toBeLessThan(0.2)
    expect(overlaps(labels)).toBe(0)
  })
})
