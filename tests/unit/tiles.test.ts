import fc from 'fast-check'
import { expect, it } from 'vitest'
import { spaceOf } from '../../src/engine/kernels/webgpu/product'
import { threadsOf, tileFor } from '../../src/engine/kernels/webgpu/tiles'

/** What every WebGPU device grants a workgroup. */
const MOST_THREADS = 256
const MOST_BYTES = 16384

it('tiles fit every device, and share out evenly', () => {
  const size = fc.integer({ min: 1, max: 100_000 })
  const shape = fc.record({ rows: size, columns: size, depth: size })
  fc.assert(
    fc.property(shape, fc.integer({ min: 1, max: 500 }), (shape, copies) => {
      const tile = tileFor(shape, copies)
      const threads = threadsOf(tile)
      expect(threads).toBeGreaterThanOrEqual(64)
      expect(threads).toBeLessThanOrEqual(MOST_THREADS)
      expect(16 * spaceOf(tile, true)).toBeLessThanOrEqual(MOST_BYTES)
      // Slices have equal parts of the depth, and loads go round the threads without remainder.
      expect(tile.depth % tile.slices).toBe(0)
      expect(threads % tile.depth).toBe(0)
      for (const quads of [tile.rows / 4, tile.columns / 4]) {
        expect(threads % quads).toBe(0)
        const loads = (tile.depth * quads) / threads
        expect(loads < 1 || Number.isInteger(loads)).toBe(true)
      }
    }),
    { numRuns: 1000 },
  )
})
