import { describe, expect, it } from 'vitest'
import { Camera } from '../../src/render/stage/camera'
import { StageLink } from '../../src/render/stage/link'

function camera(globe: boolean): Camera {
  const made = new Camera(globe)
  made.reducedMotion = true
  return made
}

describe('a disc', () => {
  it('keeps what is under the pointer in its place when it zooms', () => {
    const view = camera(false)
    const at = (x: number): number => (x - view.panX) / view.zoom
    view.zoomBy(2, 0, 0)
    view.advance(16)
    const before = at(0.3)
    view.zoomBy(1.7, 0.3, 0)
    view.advance(16)
    expect(at(0.3)).toBeCloseTo(before, 9)
  })

  it('can not be lost out of sight', () => {
    const view = camera(false)
    for (let i = 0; i < 50; i++) view.pan(1, -1)
    view.advance(16)
    expect(Math.abs(view.panX)).toBeLessThanOrEqual(0.5)
    for (let i = 0; i < 50; i++) view.zoomBy(0.5, 0, 0)
    view.advance(16)
    expect(view.zoom).toBeGreaterThan(0.5)
  })

  it('is not turned', () => {
    expect(Array.from(camera(false).rotation)).toEqual([1, 0, 0, 0, 1, 0, 0, 0, 1])
  })
})

describe('a globe', () => {
  it('is turned by a rotation, whatever the hand does', () => {
    const view = camera(true)
    for (let i = 0; i < 20; i++) {
      view.turn(0.3 * i, 0.2 * (i % 7) - 0.5)
      view.advance(16)
      const m = view.rotation
      for (let a = 0; a < 3; a++) {
        for (let b = 0; b < 3; b++) {
          let dot = 0
          for (let k = 0; k < 3; k++) dot += m[3 * a + k]! * m[3 * b + k]!
          expect(dot).toBeCloseTo(a === b ? 1 : 0, 5)
        }
      }
      const x = m[1]! * m[5]! - m[2]! * m[4]!
      const y = m[2]! * m[3]! - m[0]! * m[5]!
      const z = m[0]! * m[4]! - m[1]! * m[3]!
      expect(x * m[6]! + y * m[7]! + z * m[8]!).toBeCloseTo(1, 5)
    }
  })

  it('turns by itself until it is touched, and never where motion is unwanted', () => {
    const view = camera(true)
    expect(view.turning).toBe(false)
    view.reducedMotion = false
    expect(view.turning).toBe(true)
    const before = view.azimuth
    for (let i = 0; i < 60; i++) view.advance(16)
    expect(view.azimuth - before).toBeGreaterThan(0.05)
    view.turn(0.1, 0)
    expect(view.turning).toBe(false)
  })

  it('goes home by the shorter way', () => {
    const view = camera(true)
    view.turn(20, 0)
    view.advance(16)
    const turned = view.azimuth
    view.reset()
    view.advance(16)
    expect(Math.abs(view.azimuth - turned)).toBeLessThanOrEqual(Math.PI + 1e-9)
  })
})

describe('stages side by side', () => {
  it('move their camera on once in a frame', () => {
    const alone = camera(false)
    const shared = camera(false)
    for (const view of [alone, shared]) {
      view.reducedMotion = false
      view.pan(0.2, 0)
      view.zoomBy(2, 0, 0)
    }
    for (let now = 16; now < 100; now += 16) {
      alone.advance(16, now)
      for (let stage = 0; stage < 3; stage++) shared.advance(16, now)
      expect(shared.zoom).toBeCloseTo(alone.zoom, 12)
    }
    expect(shared.zoom).toBeGreaterThan(1.2)
  })

  it('are woken by one another, and have the point in common that is pointed at', () => {
    const link = new StageLink()
    const woken: string[] = []
    link.join(() => woken.push('a'))
    const leave = link.join(() => woken.push('b'))
    link.point(7)
    link.point(7)
    expect(link.hovered).toBe(7)
    expect(woken).toEqual(['a', 'b'])
    leave()
    link.point(-1)
    expect(woken).toEqual(['a', 'b', 'a'])
    expect(link.camera(true).globe).toBe(true)
    expect(link.camera(false)).not.toBe(link.camera(true))
  })
})
