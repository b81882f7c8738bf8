import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { nodeAssets } from '../../cli/node-assets'
import { useBackend } from '../../src/engine/backends'
import { evaluateLoss } from '../../src/engine/loss-case'
import { lossCaseSchema, LossCaseError } from '../../src/engine/loss-case-format'
import { compiledMargin, curveSlots } from '../../src/losses/compiled-margin'
import { marginSymbols } from '../../src/losses/head'
import { MARGINS } from '../../src/losses/margin-registry'
import { PRESETS } from '../../src/losses/preset-registry'

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
    for (const { id, parameters, binary } of MARGINS) {
      if (binary || FREE.has(id)) continue
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
      y: fc.array(fc.integer({ min: 0, max: classes - 1 }), { minLength: 3, maxLength: 3 }),
    }),
  )

describe('the head', () => {
  it('gives finite values and gradients, and a loss of at least 0', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async (c) => {
        const { loss, dx, dW } = await evaluateLoss(lossCaseSchema.parse(c))
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
        const more = { b: [0, 0, 0], classCounts: [9, 5, 1], margins: [0.1, 0.2, 0.3] }
        const result = await evaluateLoss(
          lossCaseSchema.parse({ id: 'edge', loss, x: [x], W, y: [0], ...more }),
        )
        const values = [result.loss, ...result.dx.flat(), ...result.dW!.flat()]
        for (const value of values) expect(Number.isFinite(value), `${loss} at ${x.join()}`).toBe(true)
      }
    }
  })

  it('has no gradient along what is normalized', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async (c) => {
        const { dx, dW } = await evaluateLoss(lossCaseSchema.parse({ ...c, loss: 'arcface' }))
        const alongs = [...c.x.map((row, i) => [row, dx[i]!]), ...c.W.map((row, j) => [row, dW![j]!])]
        // Tiny vectors count as longer than they are, so that their gradient stays finite.
        fc.pre(alongs.every(([row]) => Math.hypot(...row!) > 0.1))
        for (const [row, gradient] of alongs) {
          const along = row!.reduce((sum, value, k) => sum + value * gradient![k]!, 0) / Math.hypot(...row!)
          expect(Math.abs(along)).toBeLessThan(1e-3 * (1 + Math.hypot(...gradient!)))
        }
      }),
    )
  })

  it.each([
    [{ loss: 'nothing' }, 'unknown loss "nothing"'],
    [{ loss: 'up' }, 'params.lowShotClasses or classCounts'],
    [{ loss: 'up', params: { lowShotClasses: [2] } }, 'params.lowShotClasses must list'],
    [{ params: { subCenters: 3 } }, 'W must have 3 rows for each class'],
    [{ params: { subCenters: 9 } }, 'params.subCenters must be a whole number from 1 to 8'],
    [{ loss: 'ldam' }, 'classCounts must have one entry'],
    [{ loss: 'elasticface', params: { variant: 'tan' } }, 'must be arc or cos'],
    [{ loss: 'sphereface-r', params: { detachMargin: false } }, 'must be true'],
    [{ W: null }, 'needs class weights W'],
    [{ y: [5] }, 'y has a label that W has no row for'],
    [{ params: { colour: 1 } }, 'has no parameter "colour"'],
    [{ params: { scale: 'big' } }, 'params.scale must be a number'],
    [{ x: [[1, 2, 3]] }, 'the same number of columns'],
  ])('says what is wrong with a case: %j', async (change, message) => {
    const good = { id: 'x', loss: 'arcface', x: [[1, 2]], W: [[1, 0], [0, 1]], y: [0] } // prettier-ignore
    const error: unknown = await evaluateLoss(lossCaseSchema.parse({ ...good, ...change })).catch(
      (e: unknown) => e,
    )
    expect(error).toBeInstanceOf(LossCaseError)
    expect((error as Error).message).toContain(message)
  })
})
