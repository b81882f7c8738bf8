import { describe, expect, it } from 'vitest'
import { TERMS } from '../../src/losses/term-registry'
import { Acting, MOST_UNLIKE } from '../../src/render/stage/acting'
import { BATCH_PER_CLASS, drawBatch } from '../../src/geometry/stage-batch'
import { nearestMeans } from '../../src/render/stage/nearest-means'
import { SEGMENT_STRIDE } from '../../src/render/stage/segments'
import { discRadius, type Scene } from '../../src/render/stage/scene'
import type { StageSettings } from '../../src/render/stage/stage-data'
import type { TermSetting } from '../../src/losses/forms/base'
import { SETTINGS, stageData, stageModel } from './stage-data'

/** Two of class 0 and two of class 1 on a line; the third point lies among those of the other class. */
const LINE = [0, 1, 1.5, 10]
const LABELS = [0, 0, 1, 1]
const FEATURES = Float32Array.from(LINE.flatMap((x) => [x, 0]))

function setting(kind: string, parameters: Record<string, number>, mining?: string): TermSetting {
  return { kind, weight: 1, normalized: TERMS.get(kind).cosine === true, mining, parameters }
}

function actingIn(term: TermSetting, anchor = -1, features = FEATURES, labels = LABELS): Acting {
  const spec = TERMS.get(term.kind)
  if (spec.form !== 'pairs') throw new Error('not a pair term')
  const acting = new Acting()
  const points = labels.map((_, i) => i)
  acting.evaluate(spec, term, points, labels, features, 2, anchor, -1)
  return acting
}

describe('triplets that act', () => {
  const triplet = (mining: string, anchor = -1): Acting =>
    actingIn(setting('triplet', { margin: 1 }, mining), anchor)

  it.each([
    // d² within classes: 1 and 72.25; between them 2.25, 100, 0.25 and 81.
    ['batch-all', 3, 8],
    ['batch-hard', 2, 4],
    ['semi-hard', 0, 8],
  ])('%s: %i of %i', (mining, triplets, possibleTriplets) => {
    expect(triplet(mining).counts).toMatchObject({ triplets, possibleTriplets })
  })

  it('are those of the anchor, with their losses', () => {
    const acting = triplet('batch-all', 2)
    expect(acting.anchor).toBe(2)
    // 72.25 − 2.25 + 1 and 72.25 − 0.25 + 1
    expect([0, 1, 2, 3].map((j) => acting.loss(2, j))).toEqual([71, 73, 0, 144])
    expect(triplet('batch-hard', 2).loss(2, 0)).toBe(0)
    expect(acting.borders).toEqual([73.25])
    expect(triplet('semi-hard', 2).borders).toEqual([72.25, 73.25])
  })

  it('move on from an anchor that nobody chose to one that acts', () => {
    for (const mining of ['batch-all', 'batch-hard']) {
      expect([1, 2]).toContain(triplet(mining).anchor)
    }
  })
})

describe('pairs that act', () => {
  it('are all of a class, and those of two within the margin', () => {
    const { counts, borders } = actingIn(setting('contrastive', { margin: 2 }))
    expect(counts).toMatchObject({ like: 2, possibleLike: 2, unlike: 2, possibleUnlike: 4 })
    expect(borders).toEqual([4])
  })

  it('are told by cosines where the term sees unit features', () => {
    const degrees = [0, 30, 40, 170]
    const features = Float32Array.from(
      degrees.flatMap((a) => [3 * Math.cos((a * Math.PI) / 180), 3 * Math.sin((a * Math.PI) / 180)]),
    )
    const { counts, borders } = actingIn(setting('cosine-pair', { margin: 0.5, alpha: 1 }), -1, features)
    expect(counts).toMatchObject({ like: 2, unlike: 2, possibleUnlike: 4 })
    expect(1 - borders[0]! / 2).toBeCloseTo(0.5, 9)
  })

  it('of circle loss are those that weigh something', () => {
    const degrees = [0, 1, 180, 181]
    const features = Float32Array.from(
      degrees.flatMap((a) => [Math.cos((a * Math.PI) / 180), Math.sin((a * Math.PI) / 180)]),
    )
    const { counts } = actingIn(setting('circle', { margin: 0.25, gamma: 32 }), -1, features)
    expect(counts).toMatchObject({ unlike: 0, possibleUnlike: 4 })
  })

  it('are drawn up to a number, the strongest first', () => {
    const labels = Array.from({ length: 30 }, (_, i) => (i === 0 ? 0 : 1))
    const features = Float32Array.from(labels.flatMap((_, i) => [i / 100, 0]))
    const acting = actingIn(setting('contrastive', { margin: 2 }), 0, features, labels)
    const drawn = labels.map((_, j) => j).filter((j) => acting.shownLoss(j) > 0)
    expect(acting.counts.unlike).toBe(29)
    expect(drawn).toEqual(Array.from({ length: MOST_UNLIKE }, (_, k) => k + 1))
  })
})

describe('the range loss', () => {
  it('acts on the longest distances in each class, and on the two nearest means', () => {
    const features = Float32Array.from([0, 1, 5, 20, 21, 100].flatMap((x) => [x, 0]))
    const labels = [0, 0, 0, 1, 1, 2]
    const term = setting('range', { k: 1, alpha: 1, beta: 1, margin: 50 })
    const acting = actingIn(term, -1, features, labels)
    const ranges: string[] = []
    for (let i = 0; i < 6; i++)
      for (let j = i + 1; j < 6; j++) if (acting.loss(i, j) > 0) ranges.push(`${i}-${j}`)
    expect(ranges).toEqual(['0-2', '3-4'])
    const means = nearestMeans(labels, [0, 1, 2, 3, 4, 5], features, 2, false)!
    expect(means).toMatchObject({ a: 0, b: 1 })
    expect(means.square).toBeCloseTo(18.5 ** 2, 6)
    expect(nearestMeans([0, 0], [0, 1], features, 2, false)).toBeNull()
  })
})

describe('a batch of the points on the stage', () => {
  const labels = Uint8Array.from({ length: 400 }, (_, i) => i % 20)
  const drawn = (focus = -1, isShown: (label: number) => boolean = () => true): number[] =>
    drawBatch(labels, 400, isShown, focus)

  it('has the same number of points of each of some classes, and is the same each time', () => {
    const batch = drawn()
    expect(drawn()).toEqual(batch)
    const sizes = new Map<number, number>()
    for (const i of batch) sizes.set(labels[i]!, (sizes.get(labels[i]!) ?? 0) + 1)
    expect([...sizes.values()]).toEqual(Array.from({ length: 10 }, () => BATCH_PER_CLASS))
    expect(new Set(batch).size).toBe(batch.length)
  })

  it('has the chosen point, whatever its class, and else hardly changes', () => {
    for (let focus = 0; focus < 40; focus++) {
      const batch = drawn(focus)
      expect(batch).toContain(focus)
      expect(batch).toHaveLength(10 * BATCH_PER_CLASS)
    }
  })

  it('leaves out what is hidden', () => {
    const batch = drawn(3, (label) => label < 3)
    expect(batch).toHaveLength(3 * BATCH_PER_CLASS)
    expect(batch.every((i) => labels[i]! < 3)).toBe(true)
  })
})

describe('the stage', () => {
  const places = LINE.map((x) => [x - 4, 0])
  const labels = Uint8Array.from(LABELS)
  const shown = (terms: readonly TermSetting[], change: Partial<StageSettings> = {}) => {
    const data = stageData(places, {
      labels,
      centers: [{ kind: 'center', positions: Float32Array.of(1, 0, 0, 3, 0, 0) }],
    })
    return stageModel(data, { ...SETTINGS, terms, ...change })
  }
  /** Starts of the segments of a colour. */
  const starts = ({ segments }: Scene, colour: readonly number[]): [number, number][] =>
    Array.from({ length: segments.count }, (_, k) => k * SEGMENT_STRIDE)
      .filter((at) => colour.every((c, i) => Math.abs(segments.data[at + 4 + i]! - c) < 1e-6))
      .map((at) => [segments.data[at]!, segments.data[at + 1]!])

  it('draws the margin around the pinned point, in the unit of the features', () => {
    const model = shown([setting('contrastive', { margin: 2 })])
    model.compose(1, -1)
    const { scene } = model
    const { x, y } = model.placeOf(1)
    const ring = starts(scene, scene.palette.accent)
    expect(ring.length).toBeGreaterThan(30)
    for (const [px, py] of ring) {
      expect(Math.hypot(px - x, py - y)).toBeCloseTo((2 * discRadius(scene)) / scene.reach, 4)
    }
    expect(model.terms.captions()).toEqual([
      '2 of 4 unlike pairs and 2 of 2 like pairs of 4 points still act. Those of this point: ' +
        'solid to its class, dashed to others; the margin in orange.',
    ])
  })

  it('says when the point that is pointed at has nothing left to do', () => {
    const model = shown([setting('triplet', { margin: 1 }, 'batch-all')])
    model.compose(-1, 0)
    expect(model.terms.captions()[0]).toBe(
      '3 of 8 triplets of 4 points still act. None with this point does.',
    )
  })

  it('draws no term that is switched off, and centres where they are', () => {
    const without = shown([])
    without.compose(-1, -1)
    const before = without.scene.segments.count
    const model = shown([{ ...setting('center', { alpha: 0.5 }) }])
    model.compose(-1, -1)
    expect(model.scene.segments.count).toBeGreaterThan(before)
    const { scene } = model
    const disc = discRadius(scene) / scene.reach
    const inks = starts(scene, scene.palette.ink)
    const middles = inks.slice(-2).map(([x, y]) => x - y)
    // A diamond is a short diagonal line: where it crosses the axis is its middle.
    expect(middles[0]).toBeCloseTo(disc * 1, 4)
    expect(middles[1]).toBeCloseTo(disc * 3, 4)
    expect(model.terms.captions()).toEqual(['Diamonds are the centres of center loss.'])
  })

  it('draws points the larger, the greater their margin is, and all the same without one', () => {
    const parameters = {
      lowerMargin: 0.1,
      upperMargin: 0.5,
      lowerNorm: 1,
      upperNorm: 4,
      lambdaG: 1,
      easyMargin: 1,
    }
    const margin = { kind: 'norm-adaptive-angular', parameters }
    const head = { ...SETTINGS.head, margin, symbols: parameters }
    const sizeOf = (change: Partial<StageSettings>): number[] => {
      const { cloud } = shown([], change)
      return places.map((_, i) => cloud.info[4 * i + 3]!)
    }
    // Norms 4, 3, 2.5 and 6.
    const sizes = sizeOf({ head })
    expect(sizes[2]).toBe(1)
    expect(sizes[1]).toBeGreaterThan(1)
    expect(sizes[0]).toBe(255)
    expect(sizes[3]).toBe(255)
    expect(sizeOf({ head, sizes: false })).toEqual([0, 0, 0, 0])
    expect(sizeOf({})).toEqual([0, 0, 0, 0])
    expect(shown([], { head }).sizes.caption).toBe('Large points have a large margin: 0.30 to 0.50 rad.')
  })
})
