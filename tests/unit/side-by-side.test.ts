import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseExperiment, type Experiment } from '../../src/engine/config'
import { withPreset } from '../../src/engine/preset-experiment'
import { PRESETS } from '../../src/losses/preset-registry'
import { Clock, type Paced } from '../../src/session/clock'
import { applied, differences, inStepWith, isShared } from '../../src/session/differences'
import { linkTo, momentFrom } from '../../src/session/link'
import { MOST_RUNS, momentOf } from '../../src/session/moment'

const experiments: fc.Arbitrary<Experiment> = fc
  .record({
    preset: fc.constantFrom(...PRESETS.ids),
    seed: fc.integer({ min: 0, max: 9 }),
    dimension: fc.integer({ min: 2, max: 4 }),
    batchSize: fc.integer({ min: 2, max: 512 }),
    epochs: fc.integer({ min: 1, max: 40 }),
    bias: fc.boolean(),
    classes: fc.constantFrom(undefined, [1, 2, 3]),
  })
  .map(({ preset, seed, dimension, batchSize, epochs, bias, classes }) => {
    const base = {
      seed,
      epochs,
      network: { dimension },
      optimizer: { batchSize },
      data: classes ? { classes } : {},
    }
    const experiment = withPreset(parseExperiment(base), preset)
    return parseExperiment({ ...experiment, head: { ...experiment.head, bias } })
  })

describe('what differs between two experiments', () => {
  it('makes the one of the other, and is nothing between equal ones', () => {
    fc.assert(
      fc.property(experiments, experiments, (a, b) => {
        expect(applied(a, differences(a, b))).toEqual(b)
        expect(differences(a, a)).toEqual([])
      }),
    )
  })

  it('leaves what is its own to a run, and gives it the images and batches of another', () => {
    fc.assert(
      fc.property(experiments, experiments, (a, b) => {
        const next = inStepWith(a, b)
        expect(differences(a, next).filter(isShared)).toEqual([])
        expect(differences(b, next).every(isShared)).toBe(true)
        expect([next.seed, next.data, next.epochs]).toEqual([a.seed, a.data, a.epochs])
        expect(next.head).toEqual(b.head)
      }),
    )
  })

  it('goes to a run of another margin only where that is a margin for it', () => {
    const [arcface, cosface] = ['arcface', 'cosface'].map((id) => withPreset(parseExperiment({}), id))
    const { head } = arcface!
    const wider = { ...arcface!, head: { ...head, margin: { ...head.margin, parameters: { m: 0.7 } } } }
    expect(applied(cosface!, differences(arcface!, wider))).toEqual(cosface)
    expect(applied(cosface!, differences(arcface!, cosface!)).head.margin).toEqual(cosface!.head.margin)
    expect(applied(cosface!, differences(cosface!, wider)).head.margin).toEqual(wider.head.margin)
  })
})

describe('a link to several runs', () => {
  const page = 'https://example.org/lab/'

  it('opens the same runs, on the images and batches of the first', () => {
    fc.assert(
      fc.property(fc.array(experiments, { minLength: 1, maxLength: MOST_RUNS }), (runs) => {
        const together = runs.map((run) => inStepWith(runs[0]!, run))
        expect(momentFrom(new URL(linkTo(momentOf(...runs), page)).hash)).toEqual(momentOf(...together))
      }),
    )
  })

  it('is refused in words where it is damaged, empty or too long', () => {
    const of = (value: unknown): string => `#runs=${btoa(JSON.stringify(value))}`
    expect(() => momentFrom('#runs=%%%')).toThrow('it is damaged')
    expect(() => momentFrom(of({}))).toThrow('not a list of runs')
    expect(() => momentFrom(of([]))).toThrow('not a list of runs')
    expect(() => momentFrom(of([{}, {}, {}, {}, {}]))).toThrow('5 runs')
    expect(() => momentFrom(of([{}, { seed: -1 }]))).toThrow('seed')
  })
})

/** A run that trains by itself as far as it may, some steps in a turn. */
class Imitation implements Paced {
  step = 0
  going = true
  private end = Infinity
  private rests = false

  constructor(readonly speed: number | null) {}

  allow(step: number | null, rest = false): void {
    this.end = step ?? Infinity
    this.rests = rest
  }

  train(steps: number): void {
    if (!this.going) return
    this.step = Math.max(this.step, Math.min(this.end, this.step + steps))
    if (this.rests && this.step >= this.end) this.going = false
  }
}

describe('the clock', () => {
  const turns = fc.array(fc.tuple(fc.nat(3), fc.integer({ min: 1, max: 200 })), {
    minLength: 1,
    maxLength: 80,
  })

  it('keeps runs within a few steps, lets all go on, and brings all to one step', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 2, maxLength: 4 }),
        turns,
        (speeds, work) => {
          const runs = speeds.map((speed) => new Imitation(speed))
          const clock = new Clock(() => runs)
          const slack = Math.min(64, Math.max(2, Math.round(0.15 * Math.min(...speeds))))
          clock.start()
          for (const [who, steps] of work) {
            runs[who % runs.length]!.train(steps)
            // News from one run may come late: only some turns are followed.
            if (steps % 3 > 0) clock.follow()
            const at = runs.map(({ step }) => step)
            expect(Math.max(...at) - Math.min(...at)).toBeLessThanOrEqual(slack)
          }
          const before = Math.min(...runs.map(({ step }) => step))
          clock.follow()
          for (const run of runs) run.train(1)
          expect(Math.min(...runs.map(({ step }) => step))).toBeGreaterThan(before)
          clock.rest()
          for (let k = 0; k < 100; k++) for (const run of runs) run.train(1)
          expect(new Set(runs.map(({ step }) => step)).size).toBe(1)
          expect(runs.some(({ going }) => going)).toBe(false)
        },
      ),
    )
  })

  it('waits for no run that has ended', () => {
    const runs = [new Imitation(20), new Imitation(20)]
    const clock = new Clock(() => runs)
    clock.start()
    runs[0]!.train(100)
    clock.follow()
    const held = runs[0]!.step
    runs[0]!.train(100)
    expect(runs[0]!.step).toBe(held)
    runs[1]!.going = false
    clock.follow()
    runs[0]!.train(100)
    expect(runs[0]!.step).toBeGreaterThan(held)
  })
})
