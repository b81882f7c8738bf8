import { marginSymbols } from '../../src/losses/margin-setting'
import { describe, expect, it } from 'vitest'
import { captionsFor } from '../../src/render/stage/captions'
import { clippedEnd } from '../../src/render/stage/clip'
import { Fit } from '../../src/render/stage/fit'
import { NormRings } from '../../src/render/stage/rings'
import { pickPoint } from '../../src/render/stage/pick'
import { PointCloud } from '../../src/render/stage/point-cloud'
import { discRadius, toPixelX, toPixelY } from '../../src/render/stage/scene'
import { CARRIED, SETTINGS, stageData, stageModel } from './stage-data'

const PLACES = [
  [3, 0],
  [0, 4],
  [-5, 0],
  [0, -2],
]

function pixelOf(model: ReturnType<typeof stageModel>, i: number): [number, number] {
  const { x, y } = model.placeOf(i)
  return [toPixelX(model.scene, x), toPixelY(model.scene, y)]
}

describe('the raw view', () => {
  it('shows nearly all points on the disc, in proportion', () => {
    const model = stageModel(stageData(PLACES))
    const far = model.placeOf(2)
    expect(-far.x / discRadius(model.scene)).toBeCloseTo(0.95, 3)
    const near = model.placeOf(3)
    expect(-near.y / discRadius(model.scene)).toBeCloseTo(0.95 * (2 / 5), 3)
  })

  it('leaves small changes of scale alone, and follows large ones slowly', () => {
    const fit = new Fit()
    const norm = new Float32Array(100).fill(10)
    fit.update(norm, 100, 1)
    const { reach } = fit
    fit.update(norm.fill(10.2), 100, 1)
    expect(fit.advance(16)).toBe(false)
    expect(fit.reach).toBe(reach)
    fit.update(norm.fill(20), 100, 1)
    expect(fit.advance(16)).toBe(true)
    expect(fit.reach / reach).toBeLessThan(1.1)
    for (let i = 0; i < 400; i++) fit.advance(16)
    expect(fit.reach / reach).toBeCloseTo(2, 1)
    fit.update(norm.fill(5), 100, 2)
    expect(fit.reach / reach).toBeCloseTo(0.5, 3)
  })

  it('has a few circles of round norms', () => {
    const rings = new NormRings()
    for (const reach of [0.013, 0.7, 1, 9.9, 55, 1234]) {
      rings.update(reach, { nearest: 0, farthest: 1.4 }, 1)
      expect(rings.count).toBeGreaterThanOrEqual(2)
      expect(rings.count).toBeLessThanOrEqual(7)
      expect(rings.norms[rings.count - 1]!).toBeLessThan(reach)
    }
  })

  it('has other circles when zoomed in, as many as are in sight', () => {
    const rings = new NormRings()
    rings.update(100, { nearest: 0.5, farthest: 0.549 }, 1)
    expect(Array.from(rings.norms.subarray(0, rings.count))).toEqual([51, 52, 53, 54])
  })
})

describe('the normalized view', () => {
  it('shows each point at its exact angle, outside of the circle by no more than the ring', () => {
    const model = stageModel(stageData(PLACES), { ...SETTINGS, space: 'normalized' })
    const { unitDisc, ring } = model.scene.layout
    PLACES.forEach(([px, py], i) => {
      const { x, y } = model.placeOf(i)
      const radius = Math.hypot(x, y)
      expect(Math.atan2(y, x)).toBeCloseTo(Math.atan2(py!, px!), 5)
      expect(radius).toBeGreaterThanOrEqual(unitDisc - 1e-6)
      expect(radius).toBeLessThanOrEqual(unitDisc + ring + 1e-6)
    })
  })

  it('shows 3-D points on the globe, and those of more dimensions within it', () => {
    const places = [
      [1, 2, 2],
      [-4, 0, 3],
    ]
    const settings = { ...SETTINGS, space: 'normalized' as const }
    const onGlobe = stageModel(stageData(places, { dimension: 3 }), settings)
    const radius = (model: ReturnType<typeof stageModel>, i: number): number => {
      const { x, y, z } = model.placeOf(i)
      return Math.hypot(x, y, z) / model.scene.layout.globe
    }
    expect(radius(onGlobe, 0)).toBeCloseTo(1, 5)
    const within = stageModel(stageData(places, { dimension: 8, norm: Float32Array.of(6, 5) }), settings)
    expect(radius(within, 0)).toBeCloseTo(0.5, 5)
    expect(radius(within, 1)).toBeCloseTo(1, 5)
  })
})

describe('the name of an arrow', () => {
  const clip = (bx: number, by: number): number => clippedEnd(50, 50, bx, by, 0, 100, 0, 100)

  it('stays at its end within the stage', () => {
    expect(clip(80, 20)).toBe(1)
  })

  it('moves to where the arrow leaves it', () => {
    expect(clip(250, 50)).toBeCloseTo(0.25, 9)
    expect(clip(50, -150)).toBeCloseTo(0.25, 9)
  })

  it('also when it only passes through', () => {
    expect(clippedEnd(-100, 50, 300, 50, 0, 100, 0, 100)).toBeCloseTo(0.5, 9)
    expect(clippedEnd(-100, 150, 300, 150, 0, 100, 0, 100)).toBe(1)
  })
})

describe('before the first frame', () => {
  it('the stage says and tints nothing', () => {
    const none = stageData([], { classPositions: new Float32Array(6), dimension: 2 })
    const model = stageModel(none)
    expect([model.scene.regions, model.scene.margins]).toEqual([false, false])
    expect(captionsFor(none, { ...SETTINGS, note: 'n', space: 'normalized' }, [0, 1], model.fit)).toEqual([])
    expect(stageModel(stageData(PLACES)).scene.regions).toBe(true)
  })
})

describe('picking', () => {
  it('finds the nearest point within reach', () => {
    const model = stageModel(stageData(PLACES))
    const [x, y] = pixelOf(model, 1)
    expect(pickPoint(model.scene, x + 5, y - 4, 12)).toBe(1)
    expect(pickPoint(model.scene, x + 20, y, 12)).toBe(-1)
  })

  it('does not see hidden classes', () => {
    const model = stageModel(stageData(PLACES), { ...SETTINGS, hiddenClasses: [1] })
    const [x, y] = pixelOf(model, 1)
    expect(pickPoint(model.scene, x, y, 12)).toBe(-1)
  })

  it('takes the near side of the globe before the far one', () => {
    const model = stageModel(
      stageData(
        [
          [0, 0, 1],
          [0, 0, -1],
        ],
        { dimension: 3, count: 2 },
      ),
    )
    const { z } = model.placeOf(0)
    const near = z > 0 ? 0 : 1
    const [x, y] = pixelOf(model, near)
    expect(pickPoint(model.scene, x, y, 4)).toBe(near)
    const [farX, farY] = pixelOf(model, 1 - near)
    expect(pickPoint(model.scene, farX, farY, 4)).toBe(1 - near)
  })
})

describe('gliding', () => {
  it('nears the feature without passing it, and arrives', () => {
    const cloud = new PointCloud()
    cloud.update(stageData([[0, 0]]))
    cloud.update(stageData([[1, 0]]))
    let before = cloud.position[0]!
    expect(before).toBe(0)
    let frames = 0
    while (cloud.glide(16, 1)) {
      expect(cloud.position[0]!).toBeGreaterThan(before)
      expect(cloud.position[0]!).toBeLessThanOrEqual(1)
      before = cloud.position[0]!
      frames++
    }
    expect(cloud.position[0]).toBe(1)
    expect(frames).toBeLessThan(120)
  })

  it('jumps when other points are chosen', () => {
    const cloud = new PointCloud()
    cloud.update(stageData([[0, 0]]))
    cloud.update(stageData([[1, 0]], { generation: 2 }))
    expect(cloud.position[0]).toBe(1)
  })

  it('starts points that come later in their places', () => {
    const cloud = new PointCloud()
    const places = [
      [1, 0],
      [2, 0],
    ]
    cloud.update(stageData(places, { count: 1 }))
    cloud.update(stageData(places, { count: 2 }))
    expect(cloud.position[4]).toBe(2)
  })
})

describe('labels', () => {
  it('name each class vector at its end', () => {
    const model = stageModel(stageData(PLACES))
    model.compose(-1, -1)
    const vectors = model.labels.list.filter(({ kind }) => kind === 'vector')
    expect(vectors.map(({ text }) => text)).toEqual(['a', 'b'])
    const radius = discRadius(model.scene) * 200
    expect(vectors[0]!.x).toBeCloseTo(200 + radius + 13, 0)
    expect(vectors[1]!.y).toBeCloseTo(200 - radius - 13, 0)
  })

  it.each([
    ['raw', 2],
    ['raw', 3],
    ['normalized', 3],
  ] as const)('leave points in sight that lie on one spot: %s, %i-D', (space, dimension) => {
    // Class a around (3, 0), class b at the end of its vector.
    const places = Array.from({ length: 40 }, (_, i) => {
      const off = 0.01 * Math.sin(i)
      return i % 2 ? [off, 3.6, off] : [3, off, off]
    })
    const model = stageModel(stageData(places, { dimension }), { ...SETTINGS, space })
    let passes = 0
    while (model.compose(-1, -1)) if (++passes > 50) throw new Error('names never come to rest')
    const names = model.labels.list.filter(
      ({ kind, alpha }) => alpha > 0.1 && (kind === 'vector' || kind === 'cluster'),
    )
    expect(names).toHaveLength(4)
    for (const { x, y, dx, dy, width, height } of names) {
      for (const i of [0, 1]) {
        const [px, py] = pixelOf(model, i)
        const apart = Math.max(Math.abs(x + dx - px) - width / 2, Math.abs(y + dy - py) - height / 2)
        expect(apart).toBeGreaterThan(model.scene.pointSize / 2)
      }
    }
  })

  it('stay in the middle of points that are spread', () => {
    const places = Array.from({ length: 40 }, (_, i) => [3 + Math.cos(i), 3 * (i % 2) + Math.sin(i)])
    const model = stageModel(stageData(places))
    model.compose(-1, -1)
    const clusters = model.labels.list.filter(({ kind }) => kind === 'cluster')
    expect(clusters.map(({ dx, dy }) => [dx, dy])).toEqual([
      [0, 0],
      [0, 0],
    ])
  })

  it('do not lie on the origin before there are vectors', () => {
    const model = stageModel(stageData(PLACES, { frame: null }))
    model.compose(-1, -1)
    expect(model.labels.list.filter(({ kind, alpha }) => kind === 'vector' && alpha > 0)).toEqual([])
  })

  it('give the two angles of the pinned point', () => {
    const model = stageModel(
      stageData(PLACES, {
        targetAngle: Float32Array.of(0.1, 0, 0, 0),
        otherAngle: Float32Array.of(1, 0, 0, 0),
      }),
    )
    model.compose(0, -1)
    const shown = model.labels.list.filter(({ kind, alpha }) => kind === 'angle' && alpha > 0)
    expect(shown.map(({ text }) => text)).toEqual(['5.7°', '57.3°'])
  })
})

describe('the sizes of points', () => {
  it('are told without a minus sign before nothing', () => {
    const margin = { kind: 'learned-cosine', parameters: {} }
    const head = { ...SETTINGS.head, margin, symbols: marginSymbols(margin, 1, 0) }
    const classMargins = Float32Array.of(-0.001, 0.3)
    const frame = { weights: new Float32Array(4), bias: new Float32Array(2) }
    const model = stageModel(
      stageData(PLACES, { frame: { ...frame, carried: { ...CARRIED, classMargins } } }),
      { ...SETTINGS, head },
    )
    expect(model.sizes.caption).toContain('0.00 to 0.30')
    expect(model.sizes.caption).not.toMatch(/[-−]0\.00/)
  })
})

describe('other data on the same stage', () => {
  it('bring their own names, also as many as before, and start in their places', () => {
    const model = stageModel(stageData(PLACES))
    model.compose(-1, -1)
    const other = stageData([[0, -3], ...PLACES.slice(1)], { generation: 2, classes: ['cat', 'dog'] })
    model.setData(other)
    model.updateData()
    model.advance(16)
    model.compose(-1, -1)
    const vectors = model.labels.list.filter(({ kind }) => kind === 'vector')
    expect(vectors.map(({ text }) => text)).toEqual(['cat', 'dog'])
    expect(model.cloud.position.slice(0, 2)).toEqual(Float32Array.of(0, -3))
  })
})
