import { describe, expect, it } from 'vitest'
import { CircularDensity } from '../../src/geometry/circular-density'
import { DensityRing } from '../../src/render/stage/density-ring'

const sum = (values: Float32Array): number => values.reduce((total, value) => total + value, 0)

describe('the density over the circle', () => {
  it('keeps the number of directions when it is smoothed', () => {
    const density = new CircularDensity(360, 3)
    for (let i = 0; i < 500; i++) density.add(i * i)
    density.smooth()
    expect(sum(density.bins)).toBeCloseTo(500, 2)
  })

  it('has its top where the directions are, also across the seam at angle 0', () => {
    for (const angle of [1.2, -0.01, 0, Math.PI, 7]) {
      const density = new CircularDensity(720, 2)
      density.add(angle)
      density.smooth()
      expect(density.at(angle)).toBeGreaterThan(0.8 * density.highest)
      expect(density.at(angle + Math.PI)).toBe(0)
    }
  })

  it('is symmetric about a direction in the middle of a bin', () => {
    const density = new CircularDensity(360, 4)
    const middle = (0.5 / 360) * 2 * Math.PI
    density.add(middle)
    density.smooth()
    for (const away of [0.01, 0.05, 0.1]) {
      expect(density.at(middle + away)).toBeCloseTo(density.at(middle - away), 6)
    }
  })
})

describe('the density ring', () => {
  const position = new Float32Array(40)
  const info = new Uint8Array(40)
  for (let i = 0; i < 10; i++) {
    const angle = i < 8 ? 1 : 3
    position.set([Math.cos(angle), Math.sin(angle)], 4 * i)
    info[4 * i] = i < 8 ? 0 : 1
  }

  it('is as high as the room where most points are, and in proportion elsewhere', () => {
    const ring = new DensityRing()
    ring.update(position, info, 10, Float32Array.of(1, 1), 16)
    expect(ring.at(1)).toBeGreaterThan(0.9)
    expect(ring.at(3) / ring.at(1)).toBeGreaterThan(0.2)
    expect(ring.at(3) / ring.at(1)).toBeLessThan(0.3)
    expect(ring.at(5)).toBe(0)
  })

  it('does not count hidden classes', () => {
    const ring = new DensityRing()
    ring.update(position, info, 10, Float32Array.of(0, 1), 16)
    expect(ring.at(1)).toBe(0)
    expect(ring.at(3)).toBeGreaterThan(0.9)
  })
})
