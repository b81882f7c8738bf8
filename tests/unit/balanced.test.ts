import fc from 'fast-check'
import { expect, it } from 'vitest'
import { balancedOrder } from '../../src/engine/balanced'
import { Random } from '../../src/geometry/random'

const COUNT = 240

it('draws P classes and K images of each for every batch, the same for the same seed', () => {
  fc.assert(
    fc.property(
      fc.integer(),
      fc.integer({ min: 2, max: 6 }),
      fc.integer({ min: 2, max: 9 }),
      (seed, P, K) => {
        // A long tail: class 0 has half of the images, class 5 few.
        const labels = Array.from({ length: COUNT }, (_, i) => (i % 2 === 0 ? 0 : 1 + (i % 5)))
        const indices = Int32Array.from({ length: COUNT }, (_, i) => i)
        const draw = () =>
          balancedOrder(indices, labels, { classes: P, perClass: K }, new Random(seed >>> 0, 'order', 1))
        const order = draw()
        expect(draw()).toEqual(order)
        expect(order.length).toBe(Math.floor(COUNT / (P * K)) * P * K)
        for (let at = 0; at < order.length; at += P * K) {
          const counts = new Map<number, number>()
          for (const index of order.subarray(at, at + P * K)) {
            counts.set(labels[index]!, (counts.get(labels[index]!) ?? 0) + 1)
          }
          expect([...counts.values()]).toEqual(new Array(P).fill(K))
        }
        // No image of a class comes a third time before all have come twice.
        const seen = new Map<number, number>()
        for (const index of order) seen.set(index, (seen.get(index) ?? 0) + 1)
        for (let y = 0; y < 6; y++) {
          const own = [...indices].filter((i) => labels[i] === y).map((i) => seen.get(i) ?? 0)
          expect(Math.max(...own) - Math.min(...own)).toBeLessThanOrEqual(1)
        }
      },
    ),
  )
})
