import { marginSymbols } from '../../src/losses/margin-setting'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { nodeAssets } from '../../cli/node-assets'
import { useBackend } from '../../src/engine/backends'
import { evaluateLoss, LossCaseError, type LossCase } from '../../src/library/losses'
import { compiledMargin, curveSlots } from '../../src/losses/compiled-margin'
import { MARGINS } from '../../src/losses/margin-registry'
import { PRESETS } from '../../src/losses/preset-registry'
import { TERMS } from '../../src/losses/term-registry'
import { SAMPLE_TERMS } from '../sample-terms'
import { evaluateOnBackend } from '../backend-run'

beforeAll(() => useBackend('cpu', nodeAssets))

/** These jump, turn or stop near the ends of [0, π], as published. */
const UNEVEN = new Set(['elastic-angular', 'norm-adaptive-angular', 'quality-adaptive'])
/** Its points are where the user puts them. */
const FREE = new Set(['spline'])

/** A margin function with values within its sliders. */
const settings = fc
  .constantFrom(...MARGINS.all.filter(({ id }) => !UNEVEN.has(id) && !FREE.has(id)))
  .chain((margin) =>
    fc
      .record(
        Object.fromEntries(
          margin.parameters.map((p) => [p.id, fc.double({ min: p.min, max: p.max, noNaN: true })]),
        ),
      )
      .map((parameters) => ({ margin, parameters })),
  )

const psiOf = (kind: string, parameters: Record<string, number>): ((theta: number) => number) => {
  const values = marginSymbols({ kind, parameters }, 1, 100)
  const compiled = compiledMargin({ kind, parameters }, Object.keys(values))
  const slots = curveSlots(compiled, { kind, parameters }, values)
  return (theta) => {
    slots[0] = theta
    slots[1] = Math.cos(theta)
    return compiled.psi(slots)
  }
}

const angles = Array.from({ length: 721 }, (_, i) => (Math.PI * i) / 720)

describe('margin functions', () => {
  it('decrease over [0, π], for all settings of their sliders', () => {
    fc.assert(
      fc.property(settings, ({ margin, parameters }) => {
        const values = angles.map(psiOf(margin.id, parameters))
        for (let i = 1; i < values.length; i++) expect(values[i]).toBeLessThanOrEqual(values[i - 1]! + 1e-9)
      }),
    )
  })

  it('never exceed cos θ: a margin only asks for more', () => {
    fc.assert(
      fc.property(settings, ({ margin, parameters }) => {
        const psi = psiOf(margin.id, parameters)
        for (const theta of angles) expect(psi(theta)).toBeLessThanOrEqual(Math.cos(theta) + 1e-9)
      }),
    )
  })

  it('are cos θ when their strengths are neutral', () => {
    for (const { id, parameters, bends } of MARGINS) {
      if (bends || FREE.has(id)) continue
      const neutral = Object.fromEntries(parameters.map((p) => [p.id, p.neutral ?? p.default]))
      const psi = psiOf(id, neutral)
      for (const theta of angles) expect(psi(theta), id).toBeCloseTo(Math.cos(theta), UNEVEN.has(id) ? 2 : 9)
    }
  })
})

const number = fc.integer({ min: -3000, max: 3000 }).map((n) => n / 1000)
const cases = fc
  .record({ classes: fc.integer({ min: 2, max: 7 }), d: fc.integer({ min: 2, max: 5 }) })
  .chain(({ classes, d }) =>
    fc.record({
      id: fc.constant('case'),
      loss: fc.constantFrom(...PRESETS.ids),
      x: fc.array(fc.array(number, { minLength: d, maxLength: d }), { minLength: 3, maxLength: 3 }),
      W: fc.array(fc.array(number, { minLength: d, maxLength: d }), {
        minLength: classes,
        maxLength: classes,
      }),
      b: fc.array(number, { minLength: classes, maxLength: classes }),
      classCounts: fc.constant(Array.from({ length: classes }, (_, j) => 10 + j)),
      margins: fc.constant(new Array<number>(classes).fill(0)),
      centers: fc.constant(Array.from({ length: classes }, () => new Array<number>(d).fill(0.5))),
      y: fc.array(fc.integer({ min: 0, max: classes - 1 }), { minLength: 3, maxLength: 3 }),
    }),
  )

describe('the head', () => {
  it('gives finite values and gradients, and a loss of at least 0', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async (c) => {
        const { loss, dx, dW } = await evaluateOnBackend(c)
        expect(loss).toBeGreaterThanOrEqual(0)
        for (const value of [...dx.flat(), ...dW!.flat()]) expect(Number.isFinite(value)).toBe(true)
      }),
    )
  })

  it('stays finite for zero and huge features, and for features on and opposite to their class vector', async () => {
    const W = [[1, 0], [0, 1], [-1, 0]] // prettier-ignore
    for (const loss of PRESETS.ids) {
      for (const x of [
        [0, 0],
        [1e4, 0],
        [-1e4, 0],
        [1, 0],
        [-1, 0],
      ]) {
        const more = { b: [0, 0, 0], classCounts: [9, 5, 1], margins: [0.1, 0.2, 0.3], centers: W }
        const result = await evaluateOnBackend({ loss, x: [x], W, y: [0], ...more })
        const values = [result.loss, ...result.dx.flat(), ...result.dW!.flat()]
        for (const value of values) expect(Number.isFinite(value), `${loss} at ${x.join()}`).toBe(true)
      }
    }
  })

  it('has no gradient along what is normalized', () => {
    fc.assert(
      fc.property(cases, (c) => {
        const { dx, dW } = evaluateLoss({ ...c, loss: 'arcface' })
        const alongs = [...c.x.map((row, i) => [row, dx[i]!]), ...c.W.map((row, j) => [row, dW![j]!])]
        // Tiny vectors count as longer than they are, so that their gradient stays finite.
        fc.pre(alongs.every(([row]) => Math.hypot(...row!) > 0.1))
        for (const [row, gradient] of alongs) {
          const along = row!.reduce((sum, value, k) => sum + value * gradient![k]!, 0) / Math.hypot(...row!)
          expect(Math.abs(along)).toBeLessThan(1e-9 * (1 + Math.hypot(...gradient!)))
        }
      }),
    )
  })

  it.each([
    ['loss', { loss: 'nothing' }, 'there is no loss "nothing"'],
    ['loss', { loss: 3 }, 'must be the name of a loss'],
    ['classCounts', { loss: 'up', b: [0, 0] }, 'needs the samples of each class'],
    ['params.lowShotClasses', { loss: 'up', b: [0, 0], params: { lowShotClasses: [2] } }, 'must list'],
    [
      'params.lowShotClasses',
      { loss: 'up', b: [0, 0], params: { lowShotClasses: 'all' } },
      'must be a list of classes',
    ],
    ['W', { params: { subCenters: 3 } }, 'must have 3 rows for each class'],
    ['params.subCenters', { params: { subCenters: 9 } }, 'must be a whole number from 1 to 8'],
    ['params.subCenters', { params: { subCenters: 1.5 } }, 'must be a whole number from 1 to 8'],
    ['classCounts', { loss: 'ldam' }, 'is missing'],
    ['classCounts', { loss: 'ldam', classCounts: [3] }, 'one entry for each of the 2 classes'],
    ['classCounts', { loss: 'ldam', classCounts: [3, 0] }, 'whole numbers from 1'],
    ['margins', { loss: 'adaptiveface' }, 'is missing'],
    ['centers', { loss: 'center' }, 'is missing'],
    ['centers', { loss: 'center', centers: [[1, 2, 3]] }, 'the same number of columns'],
    ['y', { loss: 'center', centers: [[1, 2]], y: [1] }, 'centers has no row for'],
    ['kappa', { kappa: [1] }, 'one entry for each of the 2 classes'],
    ['params.variant', { loss: 'elasticface', params: { variant: 'tan' } }, 'must be cos or arc'],
    ['params.detachMargin', { loss: 'sphereface-r', params: { detachMargin: false } }, 'must be true'],
    ['params.mining', { loss: 'triplet', params: { mining: 'easy' } }, 'must be batch-all or batch-hard'],
    ['W', { W: null }, 'needs class weights'],
    ['b', { params: { bias: true } }, 'needs biases'],
    ['b', { b: [1, NaN] }, 'b[1] is NaN'],
    ['y', { y: [5] }, 'a label that W has no row for'],
    ['y', { y: [0.5] }, 'whole numbers from 0'],
    ['y', { y: [0, 1] }, 'one label for each of the 1 rows of x'],
    ['y', { loss: 'triplet', y: [2 ** 31] }, 'whole numbers from 0'],
    ['y', { loss: 'triplet', x: [[1, 2], [2, 1]], y: [0, 1e9] }, 'there is a label 1000000000'], // prettier-ignore
    ['params.colour', { params: { colour: 1 } }, 'has no parameter "colour"'],
    ['params.scale', { params: { scale: 'big' } }, 'must be a number'],
    ['params.scale', { params: { scale: 1000 } }, 'must be a number from 1 to 128'],
    ['params.margin', { params: { margin: Infinity } }, 'must be a number from 0 to 1.4'],
    ['params', { params: 3 }, 'must be an object'],
    ['W', { x: [[1, 2, 3]] }, 'the same number of columns'],
    ['x', { x: [[1, 2], [3]], y: [0, 0] }, 'the same number of columns'],
    ['x', { x: [] }, 'must be a list of rows'],
    ['x', { x: [[]] }, 'at least one number'],
    ['x', { x: [[1, '2']] }, 'x[0][1] is "2"'],
    // eslint-disable-next-line no-sparse-arrays -- what a list with holes gives
    ['x', { x: [, [1, 2]] }, 'must be a list of rows'],
    [
      'W',
      {
        W: [
          [1, 0],
          [0, -Infinity],
        ],
      },
      'W[1][1] is -Infinity',
    ],
  ])('says what is wrong with a case: %s of %j', (field, change, message) => {
    const good = { loss: 'arcface', x: [[1, 2]], W: [[1, 0], [0, 1]], y: [0] } // prettier-ignore
    const error = caught(() => evaluateLoss({ ...good, ...change } as LossCase))
    expect(error).toBeInstanceOf(LossCaseError)
    expect((error as LossCaseError).field).toBe(field)
    expect((error as LossCaseError).message).toMatch(new RegExp(`^${field.replace('.', '\\.')} `))
    expect((error as LossCaseError).message).toContain(message)
  })
})

it('gives every term with centres its own', () => {
  const anchor = SAMPLE_TERMS.find(({ form }) => form === 'centers')!
  const terms = [anchor.id, 'center'].map((kind) => ({ kind, weight: 1 }))
  const undo = [
    TERMS.add(anchor),
    PRESETS.add({
      ...PRESETS.get('softmax'),
      id: 'both',
      settings: () => ({ head: { bias: false }, terms }),
    }),
  ]
  const unit = [[1, 0], [0, 1]] // prettier-ignore
  const given = { x: [[1, 2], [3, -1]], W: unit, y: [0, 1], centers: [[0.5, 0.5], [1, 1]] } // prettier-ignore
  const { loss, state } = evaluateLoss({ loss: 'both', ...given })
  const alone = [anchor.id, 'center'].map((loss) => evaluateLoss({ loss, ...given }))
  undo.forEach((remove) => remove())
  const softmax = evaluateLoss({ loss: 'softmax', ...given, params: { bias: false } })
  expect(loss).toBeCloseTo(softmax.loss + alone[0]!.loss + alone[1]!.loss, 10)
  expect(state).toEqual({
    [`${anchor.id}.centers`]: alone[0]!.state!.centers,
    'center.centers': alone[1]!.state!.centers,
  })
  expect(alone[0]!.state!.centers).not.toEqual(alone[1]!.state!.centers)
})

it('evaluates more samples than a call can have arguments, but not of all pairs of them', () => {
  const x = Array.from({ length: 200_000 }, (_, i) => [1, i / 1e5])
  const y = x.map((_, i) => i % 5)
  const ring = SAMPLE_TERMS.find(({ form }) => form === 'features')!
  const undo = TERMS.add(ring)
  const { loss, dx, dR } = evaluateLoss({ loss: ring.id, x, y })
  undo()
  // ½ · 1.5 · (‖x‖ − 2)², whose slope with respect to the radius, 2, is −1.5 (‖x‖ − 2).
  const mean = (of: (away: number) => number): number =>
    x.reduce((sum, row) => sum + of(Math.hypot(...row) - 2) / x.length, 0)
  expect(loss).toBeCloseTo(mean((away) => 0.75 * away ** 2), 8) // prettier-ignore
  expect(dR![0]).toBeCloseTo(mean((away) => -1.5 * away), 8) // prettier-ignore
  expect(dx).toHaveLength(x.length)
  const error = caught(() => evaluateLoss({ loss: 'triplet', x, y }))
  expect(error).toBeInstanceOf(LossCaseError)
  expect((error as LossCaseError).message).toContain('x must have at most 16384 rows')
})

function caught(job: () => unknown): unknown {
  try {
    return job()
  } catch (error) {
    return error
  }
}
