import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseExperiment, type Experiment } from '../../src/engine/config'
import type { Frame } from '../../src/engine/frame'
import { withPreset } from '../../src/engine/preset-experiment'
import { measure } from '../../src/geometry/measure'
import { Random } from '../../src/geometry/random'
import { evaluatePairs } from '../../src/losses/forms/pairs'
import { seenFeatures } from '../../src/losses/seen-features'
import { pairTerm } from '../../src/losses/batch-watch'
import type { TermSetting } from '../../src/losses/forms/base'
import { isEmpty, type PanelContext, type Figure } from '../../src/panels/panel'
import { PANELS } from '../../src/panels/registry'
import { Triplets, type Triplet } from '../../src/panels/triplets/triplets'
import { stageBatch } from '../../src/geometry/stage-batch'
import { svgText } from '../../src/render/svg-string'
import { History } from '../../src/session/history'
import { Player } from '../../src/session/player'
import { RecordedRun } from '../../src/session/recorded-run'
import { RunView } from '../../src/session/run-view'
import { sampleRecording } from '../recording-sample'
import { emptyRun, EXPERIMENT, frameAt, panelContext, RENEW } from './fixture'
import { FakeFrames } from './fake-environment'
import { sightOf } from './shown-batch'

const EXPERIMENT_OF = (change: Partial<TermSetting> = {}): Experiment => {
  const experiment = withPreset(EXPERIMENT, 'softmax-triplet')
  return parseExperiment({ ...experiment, terms: [{ ...experiment.terms[0]!, ...change }] })
}
const TRIPLET = EXPERIMENT_OF()

/** A frame of the fixture's run at which its points are these. */
function frameOf(run: RunView, step: number, features: Float32Array, experiment = TRIPLET): Frame {
  const frame = frameAt(run, 1, experiment)
  const { dimension, labels } = run
  const classes = run.classes.length
  const weights = new Float32Array(classes * dimension).fill(1)
  const bias = new Float32Array(classes)
  const classifier = { ...frame.head, weights, bias, useBias: false }
  return {
    ...frame,
    step,
    weights,
    bias,
    dimension,
    axes: dimension > 3 ? new Float32Array(3 * dimension) : null,
    steps: { firstStep: Math.max(0, step - 1), losses: new Float32Array(0), accuracies: new Float32Array(0) },
    points: {
      selection: { split: 'test', count: labels.length },
      first: 0,
      features,
      measures: measure(features, labels, dimension, classifier),
    },
  }
}

/** A run of these points at a step; its first look is at those of `before`. */
function runOf(
  labels: readonly number[],
  dimension: number,
  looks: readonly Float32Array[],
  experiment = TRIPLET,
): RunView {
  const run = new RunView()
  const names = Array.from({ length: Math.max(...labels) + 1 }, (_, j) => `${j}`)
  run.data = {
    name: 'points',
    width: 1,
    height: 1,
    classes: names,
    train: 0,
    test: labels.length,
    labels: Uint8Array.from(labels),
    pixels: new Uint8Array(labels.length),
  }
  run.reset({ split: 'test', count: labels.length }, dimension, new History())
  looks.forEach((features, k) => run.receive(frameOf(run, 10 * k, features, experiment)))
  return run
}

function drawn(context: PanelContext): Figure {
  const scene = PANELS.get('triplets').create().draw(context)
  if (isEmpty(scene)) throw new Error(scene.empty)
  return scene
}

const tall = (run: RunView, experiment = TRIPLET, change: Parameters<typeof panelContext>[0] = {}) =>
  panelContext({ run, experiment, height: 330, ...change })

describe('what the panel calls acting', () => {
  const cases = fc.record({
    seed: fc.nat(),
    dimension: fc.constantFrom(2, 3, 5),
    size: fc.integer({ min: 6, max: 30 }),
    classes: fc.integer({ min: 2, max: 4 }),
    spread: fc.double({ min: 0.05, max: 3, noNaN: true }),
    mining: fc.constantFrom('batch-all', 'batch-hard', 'semi-hard'),
    normalized: fc.boolean(),
    margin: fc.double({ min: 0, max: 3, noNaN: true }),
  })

  it('is what has a loss in the term, and its count is that of the stage', () => {
    fc.assert(
      fc.property(cases, ({ seed, dimension, size, classes, spread, mining, normalized, margin }) => {
        const random = new Random(seed, 'points')
        const labels = Array.from({ length: size }, (_, i) => i % classes)
        const features = Float32Array.from({ length: size * dimension }, () => spread * random.normal())
        const experiment = EXPERIMENT_OF({ mining, normalized, parameters: { margin } })
        const setting = experiment.terms[0]!
        const run = runOf(labels, dimension, [features], experiment)
        const batch = stageBatch(labels, size, () => true)

        // The loss, by the function that the golden cases are evaluated with.
        const losses = new Map<string, number>()
        const rows = batch.flatMap((i) => [...features.subarray(i * dimension, (i + 1) * dimension)])
        const own = batch.map((i) => labels[i]!)
        const seen = seenFeatures(rows, dimension, normalized).values
        evaluatePairs(pairTerm(setting.kind), setting, seen, own, (places, loss) => {
          losses.set(places.map((place) => batch[place]!).join(), loss)
        })
        const triplets = new Triplets()
        triplets.follow(run, setting, [], null)
        for (const a of batch) {
          for (const p of batch) {
            for (const n of batch) {
              if (a === p || labels[a] !== labels[p] || labels[n] === labels[a]) continue
              const triplet: Triplet = [a, p, n]
              const { acts, loss, ap, an } = triplets.momentOf(triplet, setting, run, features, 0)
              expect(acts).toBe(losses.has(triplet.join()))
              if (acts) expect(loss).toBe(losses.get(triplet.join()))
              expect(loss).toBe(Math.max(0, ap - an + margin))
              if (mining === 'batch-all') expect(acts).toBe(loss > 0)
            }
          }
        }

        const { acting, possible } = run.history.triplets
        expect(acting.last).toBe(losses.size)
        const shown = sightOf(setting, { labels: own, features: Float32Array.from(rows), dimension })
        expect(shown.caption.replaceAll(',', '')).toMatch(`${losses.size} of ${possible.last!} `)
      }),
      { numRuns: 60 },
    )
  })
})

describe('the triplets that can be looked at', () => {
  // Two classes on a line: 0 and 4 are the farthest of their class, 1 lies among the others.
  const labels = [0, 0, 0, 1, 1, 1]
  const before = Float32Array.from([0, 2.2, 0.5, 2, 3, 3.5].flatMap((x) => [x, 0]))
  const after = Float32Array.from([0, 0.2, 0.1, 20, 20.3, 20.5].flatMap((x) => [x, 0]))
  const setting = TRIPLET.terms[0]!
  const choose = (run: RunView, pinned: number | null = null, hidden: readonly number[] = []): Triplets => {
    const triplets = new Triplets()
    triplets.follow(run, setting, hidden, pinned)
    return triplets
  }

  it('are the hardest of each anchor at the start, and stay so', () => {
    const run = runOf(labels, 2, [before])
    const { list } = choose(run)
    // d_ap² − d_an² of anchor 1: 2.2² − 0.2².
    expect(list[0]).toEqual([1, 0, 3])
    expect(list.map(([a]) => a).toSorted()).toEqual([0, 1, 2, 3, 4, 5])
    run.receive(frameOf(run, 500, after))
    expect(choose(run).list).toEqual(list)
  })

  it('are all of the pinned anchor, the hardest first', () => {
    const { list } = choose(runOf(labels, 2, [before]), 2)
    expect(new Set(list.map(([a]) => a))).toEqual(new Set([2]))
    const square = (i: number, j: number): number => (before[2 * i]! - before[2 * j]!) ** 2
    const losses = list.map(([a, p, n]) => square(a, p) - square(a, n) + 1)
    expect(losses).toEqual(losses.toSorted((x, y) => y - x))
    // Of the positives 0 and 1 with the negatives 3, 4 and 5 those whose loss is above 0.
    expect(list).toEqual([[2, 1, 3]])
  })

  it('are the nearest to acting where none acted, and none where a class is alone', () => {
    const run = runOf(labels, 2, [after])
    const { list } = choose(run)
    expect(list).toHaveLength(6)
    // Those at 20 and 20.5, and the one at 0.2: the smallest d_an² − d_ap².
    expect(list[0]).toEqual([3, 5, 1])
    expect(choose(run, 3).list).toEqual([[3, 5, 1]])
    expect(choose(run, null, [1]).list).toEqual([])
  })
})

describe('before', () => {
  const labels = [0, 0, 1, 1]
  const look = (k: number): Float32Array => Float32Array.from({ length: 8 }, (_, i) => Math.sin(i + k))

  it('is how points were at first, whatever comes later, also of more of them; a new run has its own', () => {
    const run = runOf(labels, 2, [look(0), look(1)])
    expect([...run.history.first.features]).toEqual([...look(0)])
    expect([...run.history.first.steps]).toEqual([0, 0, 0, 0])
    // As when a recording goes on live: the same points and more.
    run.data = { ...run.data!, test: 6, labels: Uint8Array.of(0, 0, 1, 1, 0, 1) }
    run.reset({ split: 'test', count: 6 }, 2, run.history)
    expect([...run.history.first.features.subarray(0, 8)]).toEqual([...look(0)])
    expect([...run.history.first.steps]).toEqual([0, 0, 0, 0, -1, -1])
    // Other images at the same places.
    run.data = { ...run.data, train: 6, labels: new Uint8Array(12) }
    run.reset({ split: 'test', count: 6 }, 2, run.history)
    expect([...run.history.first.steps]).toEqual([-1, -1, -1, -1, -1, -1])
    run.reset({ split: 'test', count: 6 }, 2, new History())
    expect(run.history.triplets.acting.length).toBe(0)
  })

  it('is the first keyframe of a recording, however it is scrubbed, and so is the curve', () => {
    const recording = sampleRecording()
    const opened = () => {
      const view = new RunView()
      return {
        view,
        player: new Player([new RecordedRun(recording, TRIPLET, view)], new FakeFrames(), () => undefined),
      }
    }
    const curve = ({ history: { triplets } }: RunView) =>
      [triplets.acting, triplets.possible].map(({ length, steps, values }) => [
        [...steps.subarray(0, length)],
        [...values.subarray(0, length)],
      ])
    const { view, player } = opened()
    for (const step of [8, 0, 4, 2, 0, 8]) player.seekStep(step)
    expect([...view.history.first.features]).toEqual([...recording.keyframes[0]!.features])
    const straight = opened()
    straight.player.seekStep(8)
    expect(curve(view)).toEqual(curve(straight.view))
    expect(curve(view)[0]![0]).toEqual([0, 4, 8])
    player.seekStep(3)
    expect(curve(view)[0]![0]).toEqual([0, 3])
  })
})

describe('the panel', () => {
  const labels = [0, 0, 1]
  const place = (...xs: number[]): Float32Array => Float32Array.from(xs.flatMap((x) => [x, 0]))
  const text = (context: PanelContext): string =>
    svgText(drawn(context).marks)
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ')

  it('draws two moments', async () => {
    const run = emptyRun()
    const random = new Random(3, 'start')
    run.receive(
      frameOf(
        run,
        0,
        Float32Array.from({ length: 2 * run.labels.length }, () => 0.4 * random.normal()),
      ),
    )
    run.receive({ ...frameAt(run, 40, TRIPLET), steps: frameOf(run, 40, run.features).steps })
    const { width, height, theme } = tall(run)
    await expect(
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" style="background:${theme.paper}">\n` +
        `${svgText(drawn(tall(run)).marks, '  ')}</svg>\n`,
      RENEW,
    ).toMatchFileSnapshot('snapshots/two-triplets.svg')
  })

  it('says in the numbers of eq. 7 which triplets act, on one scale', () => {
    const context = tall(runOf(labels, 2, [place(0, 1, 1.2), place(0, 0.5, 3)]))
    const { summary } = drawn(context)
    expect(summary).toContain(String.raw`before: step 0, $d_{ap}^2+\alpha$ = 1.00 + 1.00, $d_{an}^2$ = 0.040`)
    expect(summary).toContain('acts: loss 1.96')
    expect(summary).toContain('now: step 10')
    expect(summary).toContain('0 of 2 triplets act; mining: all')
    expect(text(context)).toContain('satisfied: loss 0')
    const radii = [
      ...svgText(drawn(context).marks).matchAll(
        /<circle [^>]*fill="none"[^>]*r="([\d.]+)"|<circle [^>]*r="([\d.]+)"[^>]*fill="none"/g,
      ),
    ].map(([, a, b]) => Number(a ?? b))
    // For each picture the middle of the ring, d_ap and the margin's end: one unit for both.
    const unit = radii[1]!
    expect(radii[2]! / unit).toBeCloseTo(Math.SQRT2, 1)
    expect(radii[4]! / unit).toBeCloseTo(0.5, 1)
    expect(radii[5]! / unit).toBeCloseTo(Math.sqrt(1.25), 1)
  })

  it('says what mining leaves out', () => {
    const semiHard = EXPERIMENT_OF({ mining: 'semi-hard' })
    const context = tall(runOf(labels, 2, [place(0, 1, 1.2), place(0, 1, 0.9)], semiHard), semiHard)
    expect(text(context)).toMatch(/left out: n is nearer than p/)
    expect(text(context)).toContain('mining: semi-hard')
  })

  it('walks through triplets, and takes the pinned point for its anchor', () => {
    const run = runOf([0, 0, 1, 1], 2, [place(0, 1, 1.2, 2)])
    const read = (change: Parameters<typeof panelContext>[0]): string =>
      drawn(tall(run, TRIPLET, change)).summary.replace(/; \d+ of.*/, '')
    const seen = [0, 1, 2, 3].map((triplet) => read({ view: { triplet } }))
    expect(new Set(seen).size).toBeGreaterThan(2)
    expect(read({ view: { triplet: 4 } })).toBe(seen[0])
    expect(read({ view: { triplet: -1 } })).toBe(seen[3])
    expect(drawn(tall(run, TRIPLET, { pinned: 3 })).readouts.at(0).lines[0]).toContain('class 1 and class 0')
    expect(drawn(tall(run, TRIPLET, { pinned: 0 })).readouts.at(0).lines[0]).toContain('class 0 and class 1')
  })

  it('is of losses with triplets only', () => {
    const { concerns } = PANELS.get('triplets')
    expect(concerns!(TRIPLET)).toBe(true)
    expect(concerns!(EXPERIMENT)).toBe(false)
    expect(PANELS.get('triplets').create().draw(panelContext())).toMatchObject({ small: true })
  })
})
