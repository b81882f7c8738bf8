import { describe, expect, it } from 'vitest'
import { BATCH_PER_CLASS, drawBatch } from '../../src/geometry/stage-batch'
import { MOST_UNLIKE } from '../../src/losses/drawings/acting'
import type { ShownBatch, TermMark, TermSight } from '../../src/losses/drawings/term-drawing'
import type { TermSetting } from '../../src/losses/forms/base'
import { TERMS } from '../../src/losses/term-registry'
import { discRadius, type Scene } from '../../src/render/stage/scene'
import { SEGMENT_STRIDE } from '../../src/render/stage/segments'
import type { StageSettings } from '../../src/render/stage/stage-data'
import { shownBatch, sightOf, type Points } from './shown-batch'
import { SETTINGS, stageData, stageModel } from './stage-data'

/** Two of class 0 and two of class 1 on a line; the third point lies among those of the other class. */
const LINE = [0, 1, 1.5, 10]
const LABELS = [0, 0, 1, 1]

function setting(kind: string, parameters: Record<string, number>, mining?: string): TermSetting {
  return { kind, weight: 1, normalized: TERMS.get(kind).cosine === true, mining, parameters }
}

/** Points on a line, or at these angles in degrees. */
const onLine = (labels: readonly number[], xs: readonly number[]): Points => ({
  labels,
  features: Float32Array.from(xs.flatMap((x) => [x, 0])),
  dimension: 2,
})
const atAngles = (degrees: readonly number[], length = 1): Points => ({
  labels: LABELS,
  features: Float32Array.from(
    degrees.flatMap((a) => [length * Math.cos((a * Math.PI) / 180), length * Math.sin((a * Math.PI) / 180)]),
  ),
  dimension: 2,
})

type Shape<S extends TermMark['shape']> = Extract<TermMark, { shape: S }>
const marksOf = <S extends TermMark['shape']>({ marks }: TermSight, shape: S): Shape<S>[] =>
  marks.filter((mark): mark is Shape<S> => mark.shape === shape)
const bordersOf = (sight: TermSight): number[] => marksOf(sight, 'border').map(({ square }) => square)
const anchorOf = (sight: TermSight): number => marksOf(sight, 'ring')[0]!.at.at
/** Which samples its lines go to: solid or dashed. */
const linesTo = (sight: TermSight, dashed: boolean): number[] =>
  marksOf(sight, 'line')
    .filter((line) => (line.dashed ?? false) === dashed)
    .map(({ to }) => to.at)

describe('triplets that act', () => {
  const triplet = (mining: string, change: Partial<ShownBatch> = {}): TermSight =>
    sightOf(setting('triplet', { margin: 1 }, mining), onLine(LABELS, LINE), change)

  it.each([
    // d² within classes: 1 and 72.25; between them 2.25, 100, 0.25 and 81.
    ['batch-all', '3 of 8 triplets'],
    ['batch-hard', '2 of 4 hardest triplets'],
    ['semi-hard', '0 of 8 semi-hard triplets'],
  ])('%s: %s', (mining, count) => {
    expect(triplet(mining).caption).toMatch(`${count} of 4 points still act.`)
  })

  it('are those of the anchor, with their losses', () => {
    const sight = triplet('batch-all', { chosen: 2 })
    expect(anchorOf(sight)).toBe(2)
    // 72.25 − 2.25 + 1 and 72.25 − 0.25 + 1: the positive has both, 144.
    const shares = [71, 73, 144].map((loss) => 0.35 + 0.65 * Math.sqrt(loss / 144))
    expect(marksOf(sight, 'line').map(({ to, alpha }) => [to.at, alpha])).toEqual([
      [0, shares[0]],
      [1, shares[1]],
      [3, shares[2]],
    ])
    expect(linesTo(sight, true)).toEqual([0, 1])
    expect(linesTo(triplet('batch-hard', { chosen: 2 }), true)).toEqual([1])
    expect(bordersOf(sight)).toEqual([73.25])
    expect(bordersOf(triplet('semi-hard', { chosen: 2 }))).toEqual([72.25, 73.25])
  })

  it('move on from an anchor that nobody chose to one that acts, and may stay with it', () => {
    for (const mining of ['batch-all', 'batch-hard']) {
      expect([1, 2]).toContain(anchorOf(triplet(mining)))
    }
    const term = setting('triplet', { margin: 1 }, 'batch-all')
    const batch = shownBatch(term, onLine(LABELS, LINE))
    const look = TERMS.get('triplet').drawing!.begin()
    expect(anchorOf(look({ ...batch, chosen: 2 }, term))).toBe(2)
    expect(anchorOf(look({ ...batch, stays: true }, term))).toBe(2)
    expect(anchorOf(look(batch, term))).toBe(1)
  })
})

describe('pairs that act', () => {
  it('are all of a class, and those of two within the margin', () => {
    const sight = sightOf(setting('contrastive', { margin: 2 }), onLine(LABELS, LINE))
    expect(sight.caption).toMatch('2 of 4 unlike pairs and 2 of 2 like pairs of 4 points still act.')
    expect(bordersOf(sight)).toEqual([4])
  })

  it('are told by cosines where the term sees unit features', () => {
    const points = atAngles([0, 30, 40, 170], 3)
    const sight = sightOf(setting('cosine-pair', { margin: 0.5, alpha: 1 }), points)
    expect(sight.caption).toMatch('2 of 4 unlike pairs and 2 of 2 like pairs')
    expect(1 - bordersOf(sight)[0]! / 2).toBeCloseTo(0.5, 9)
  })

  it('of circle loss are those that weigh something', () => {
    const sight = sightOf(setting('circle', { margin: 0.25, gamma: 32 }), atAngles([0, 1, 180, 181]))
    expect(sight.caption).toMatch('0 of 4 unlike pairs')
  })

  it('are drawn up to a number, the strongest first', () => {
    const labels = Array.from({ length: 30 }, (_, i) => (i === 0 ? 0 : 1))
    const points = onLine(
      labels,
      labels.map((_, i) => i / 100),
    )
    const sight = sightOf(setting('contrastive', { margin: 2 }), points, { chosen: 0 })
    expect(sight.caption).toMatch('29 of 29 unlike pairs')
    expect(linesTo(sight, true)).toEqual(Array.from({ length: MOST_UNLIKE }, (_, k) => k + 1))
  })
})

describe('the range loss', () => {
  const term = setting('range', { k: 1, alpha: 1, beta: 1, margin: 50 })

  it('shows the longest distances in each class, and the two nearest means', () => {
    const sight = sightOf(term, onLine([0, 0, 0, 1, 1, 2], [0, 1, 5, 20, 21, 100]))
    const lines = marksOf(sight, 'line').map(({ from, to }) => [from.of, from.at, to.at])
    expect(lines).toEqual([
      ['sample', 0, 2],
      ['sample', 3, 4],
      ['mean', 0, 1],
    ])
    expect(marksOf(sight, 'bar').map(({ length }) => length)).toEqual([Math.sqrt(50)])
    // The means are 2 and 20.5.
    expect(sight.caption).toBe(
      'Range loss of 6 points: the longest distance in each class, and the nearest class means, class 0 and class 1: ' +
        'squared distance 342 of the margin 50, which is enough.',
    )
  })

  it('shows no means of one class alone', () => {
    const sight = sightOf(term, onLine([0, 0], [0, 1]))
    expect(sight.caption).toBe('Range loss of 2 points: the longest distance in each class.')
    expect(marksOf(sight, 'line')).toHaveLength(1)
    expect(marksOf(sight, 'bar')).toEqual([])
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
      states: [
        { kind: 'center', values: Float32Array.of(1, 0, 3, 0), positions: Float32Array.of(1, 0, 0, 3, 0, 0) },
      ],
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
