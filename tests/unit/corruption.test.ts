import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { corrupt, CORRUPTIONS, type Corruption } from '../../src/datasets/corruption'
import { Random } from '../../src/geometry/random'

const SIDE = 28
const image = (fill: (x: number, y: number) => number) => ({
  side: SIDE,
  pixels: Uint8Array.from({ length: SIDE ** 2 }, (_, i) => fill(i % SIDE, Math.floor(i / SIDE))),
})
const cross = image((x, y) => (Math.abs(x - 13) < 2 || Math.abs(y - 13) < 2 ? 255 : 0))
const mean = (values: Uint8Array) => values.reduce((sum, value) => sum + value, 0) / values.length
const distance = (a: Uint8Array, b: Uint8Array) => Math.hypot(...a.map((v, i) => Math.abs(v - b[i]!)))
const run = (kind: Corruption, strength: number, of = cross) =>
  corrupt(kind, of, strength, new Random(7, 'corruption'))

describe.each(CORRUPTIONS)('%s', (kind) => {
  it('leaves the image as it is at strength 0', () => {
    for (const strength of [0, -1, NaN]) expect(run(kind, strength)).toEqual(cross.pixels)
  })

  it('takes the image further away as it grows, and stays within its range', () => {
    const away = [0.25, 0.5, 0.75, 1].map((strength) => distance(run(kind, strength), cross.pixels))
    expect(away[0]).toBeGreaterThan(0)
    expect(away).toEqual(away.toSorted((a, b) => a - b))
    expect(run(kind, 5)).toEqual(run(kind, 1))
  })

  it('gives the same for the same stream, also in place', () => {
    const pixels = cross.pixels.slice()
    corrupt(kind, { side: SIDE, pixels }, 0.6, new Random(7, 'corruption'), pixels)
    expect(pixels).toEqual(run(kind, 0.6))
  })

  it('works on any square image', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }).chain((side) =>
          fc.record({
            side: fc.constant(side),
            pixels: fc.uint8Array({ minLength: side ** 2, maxLength: side ** 2 }),
          }),
        ),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (square, strength) => {
          expect(corrupt(kind, square, strength, new Random(1))).toHaveLength(square.pixels.length)
        },
      ),
    )
  })
})

it.each(['blur', 'contrast', 'downsampling'] as const)('%s keeps a uniform image', (kind) => {
  expect(
    run(
      kind,
      0.7,
      image(() => 93),
    ).every((value) => value === 93),
  ).toBe(true)
})

it('a blurred point is a Gaussian with the brightness of the point', () => {
  const point = run(
    'blur',
    0.5,
    image((x, y) => (x === 14 && y === 14 ? 255 : 0)),
  )
  // A deviation of 2: 255 / (2π · 4) in the middle, e^(−1/2) of it two pixels off.
  expect(point[14 * SIDE + 14]).toBeCloseTo(255 / (8 * Math.PI), 0)
  expect(point[14 * SIDE + 16]).toBeCloseTo((255 / (8 * Math.PI)) * Math.exp(-0.5), 0)
  expect(point[16 * SIDE + 14]).toBe(point[14 * SIDE + 16])
})

it('noise has the deviation that its strength says', () => {
  const noisy = run(
    'noise',
    0.25,
    image(() => 128),
  )
  const squares = noisy.reduce((sum, value) => sum + (value - 128) ** 2, 0) / noisy.length
  expect(Math.sqrt(squares)).toBeGreaterThan(36)
  expect(Math.sqrt(squares)).toBeLessThan(44)
  expect(Math.abs(mean(noisy) - 128)).toBeLessThan(5)
})

it('occlusion covers one grey square', () => {
  const covered = [...run('occlusion', 0.5).entries()].filter(([, value]) => value === 128).map(([i]) => i)
  expect(covered).toHaveLength(121)
  const columns = covered.map((i) => i % SIDE)
  expect(Math.max(...columns) - Math.min(...columns)).toBe(10)
})

it('contrast moves every pixel towards the mean', () => {
  const flat = run('contrast', 1)
  expect(new Set(flat)).toEqual(new Set([Math.round(mean(cross.pixels))]))
  expect(Math.abs(mean(run('contrast', 0.5)) - mean(cross.pixels))).toBeLessThan(0.5)
})

it('downsampling leaves blocks with the mean of what they cover', () => {
  const rows = run(
    'downsampling',
    14 / 25,
    image((x) => (x % 2 === 0 ? 200 : 100)),
  )
  expect(new Set(rows)).toEqual(new Set([150]))
})
