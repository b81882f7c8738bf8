import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { equationOf } from '../../src/controls/equation'
import { ConfigError, parseExperiment } from '../../src/engine/config'
import { evaluateLoss, LossCaseError } from '../../src/library/losses'
import { multiply } from '../../src/geometry/expression'
import type { WeightTerm } from '../../src/losses/forms/weights'
import { headSchema, type HeadInput } from '../../src/losses/head'
import { HEAD_LOSSES } from '../../src/losses/head-loss-registry'
import type { MarginFunction } from '../../src/losses/margin-function'
import { MARGINS } from '../../src/losses/margin-registry'
import { marginSymbols } from '../../src/losses/margin-setting'
import { PRESETS } from '../../src/losses/preset-registry'
import type { PresetSettings } from '../../src/losses/preset-spec'
import { TERMS } from '../../src/losses/term-registry'
import { SAMPLE_TERMS } from '../sample-terms'
import { SAMPLE_LOSSES } from '../sample-losses'

// Heads are open: losses that are declared in a test are read from configurations, evaluated and differentiated by
// the kernels that train.

const HEADS: Readonly<Record<string, HeadInput>> = {
  'dot-regression': { bias: false, normalizeWeights: true, normalizeFeatures: true },
  threshold: {
    bias: false,
    normalizeWeights: true,
    normalizeFeatures: true,
    margin: { kind: 'additive-cosine', parameters: { m: 0.3 } },
  },
  steady: { bias: true, margin: { kind: 'additive-angular', parameters: { m: 0.2 } } },
  proxies: { bias: false, normalizeWeights: true, normalizeFeatures: true },
}

let clean: (() => void)[] = []
beforeAll(() => {
  clean = SAMPLE_LOSSES.flatMap((loss) => [
    HEAD_LOSSES.add(loss),
    PRESETS.add({
      id: loss.id,
      name: loss.name,
      family: 'margin',
      summary: '',
      watch: '',
      source: loss.source,
      settings: () => ({ head: { ...HEADS[loss.id], loss: { kind: loss.id } } }),
    }),
  ])
})
afterAll(() => {
  clean.forEach((remove) => remove())
})

type Rows = number[][]
const X: Rows = [[0.9, 0.3, -0.4], [-0.2, 1.1, 0.5], [0.4, -0.6, 1.2], [0.8, 0.5, 0.1]] // prettier-ignore
const W: Rows = [[1, 0.2, 0.1], [-0.1, 0.9, 0.3], [0.2, -0.3, 1.1]] // prettier-ignore
const Y = [0, 1, 2, 0]
const B = [0.1, -0.2, 0.3]

const at = (
  loss: string,
  {
    x = X,
    w = W,
    b = B,
    params = {},
  }: { x?: Rows; w?: Rows; b?: number[]; params?: Readonly<Record<string, unknown>> } = {},
) => evaluateLoss({ id: loss, loss, x, W: w, b, y: Y, classCounts: [9, 3, 6], params })

const norm = (v: readonly number[]): number => Math.hypot(...v)
const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, v, k) => sum + v * b[k]!, 0)
const cosine = (i: number, j: number): number => dot(X[i]!, W[j]!) / norm(X[i]!) / norm(W[j]!)
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)
const rarity = [1 / 3, 1, 1 / 2]

/** What the declarations say, written down once more. */
const EXPECTED: Readonly<Record<string, { params: Readonly<Record<string, unknown>>; loss: number }>> = {
  'dot-regression': { params: { scale: 7 }, loss: mean(Y.map((y, i) => 0.5 * (cosine(i, y) - 1) ** 2)) },
  threshold: {
    params: { scale: 5, others: 0.4, bias: 1.5 },
    loss: mean(
      Y.map((y, i) =>
        sum(
          W.map((_, j) =>
            j === y
              ? (1 + rarity[j]!) * Math.log1p(Math.exp(-(5 * (cosine(i, j) - 0.3) - 1.5)))
              : 0.4 * (1 + rarity[j]!) * Math.log1p(Math.exp(5 * cosine(i, j) - 1.5)),
          ),
        ),
      ),
    ),
  },
  // Every answer is right, so that the whole pull acts.
  steady: {
    params: { pull: 0.5, mean: 2, rate: 0 },
    loss: mean(
      Y.map((y, i) => {
        const length = norm(X[i]!)
        const logits = W.map((w, j) => {
          const theta = Math.acos(cosine(i, j)) + (j === y ? 0.2 : 0)
          return norm(w) * length * Math.cos(theta) + B[j]!
        })
        return Math.log(sum(logits.map(Math.exp))) - logits[y]! + 0.25 * (length - 2) ** 2
      }),
    ),
  },
  proxies: {
    params: { scale: 3, alpha: 4, delta: 0.2 },
    loss: sum(
      W.map((_, j) => {
        const powers = (own: boolean): number =>
          sum(
            Y.map((y, i) => {
              if ((y === j) !== own) return 0
              const share = norm(X[i]!) > 1 ? 1 : 0.5
              return share * Math.exp(own ? -4 * (cosine(i, j) - 0.2) : 4 * (cosine(i, j) + 0.2))
            }),
          )
        return Math.log1p(powers(true)) / 3 + Math.log1p(powers(false)) / 3
      }),
    ),
  },
}

describe.each(SAMPLE_LOSSES)(
  'a loss of a head that is declared elsewhere, $id',
  ({ id, fixedWeights, sharedBias, state }) => {
    it('has the value that it says', () => {
      const { params, loss } = EXPECTED[id]!
      expect(at(id, { params }).loss).toBeCloseTo(loss, 5)
    })

    it('has the gradients of finite differences', () => {
      const H = 1e-5
      // The state is held.
      const params = { ...EXPECTED[id]?.params, ...(state ? { rate: 0 } : {}) }
      const slope = (move: (by: number) => Parameters<typeof at>[1]): number => {
        const [up, down] = [H, -H].map((by) => at(id, { params, ...move(by) }))
        return (up!.loss - down!.loss) / (2 * H)
      }
      const moved = (rows: Rows, i: number, k: number, by: number): Rows =>
        rows.map((row, m) => row.map((v, c) => (m === i && c === k ? v + by : v)))
      const { dx, dW, db, dbias } = at(id, { params })
      for (const [i, row] of X.entries()) {
        for (const k of row.keys()) {
          expect(dx[i]![k], 'dx').toBeCloseTo(
            slope((by) => ({ x: moved(X, i, k, by) })),
            6,
          )
        }
      }
      for (const [j, row] of W.entries()) {
        for (const k of row.keys()) {
          const expected = fixedWeights ? 0 : slope((by) => ({ w: moved(W, j, k, by) }))
          expect(dW![j]![k], 'dW').toBeCloseTo(expected, 6)
        }
      }
      expect(db !== undefined).toBe(HEADS[id]!.bias)
      for (const j of db?.keys() ?? []) {
        const expected = slope((by) => ({ b: B.map((v, c) => (c === j ? v + by : v)) }))
        expect(db![j], 'db').toBeCloseTo(expected, 6)
      }
      expect(dbias !== undefined).toBe(sharedBias !== undefined)
      // The threshold stands in the logits with its sign; its gradient is with respect to itself.
      if (dbias) {
        expect(dbias[0]).toBeCloseTo(
          slope((by) => ({ params: { ...params, bias: 1.5 + by } })),
          6,
        )
      }
    })

    it('is a setting of configurations, and has an equation', () => {
      const head = { ...HEADS[id], loss: { kind: id } }
      const experiment = parseExperiment({ head })
      expect(parseExperiment(JSON.parse(JSON.stringify(experiment)))).toEqual(experiment)
      const { parameters } = HEAD_LOSSES.get(id)
      for (const { id: name, max } of parameters) {
        const wrong = { ...head, loss: { kind: id, parameters: { [name]: max + 1 } } }
        expect(() => parseExperiment({ head: wrong })).toThrow(ConfigError)
      }
      expect(() => parseExperiment({ head: { loss: { kind: id, parameters: { colour: 1 } } } })).toThrow(
        /colour/,
      )
      const parsed = headSchema.parse(head)
      const { loss } = equationOf(parsed, marginSymbols(parsed.margin, 1, 0))
      expect(loss).not.toMatch(/NaN|undefined/)
      for (const { id: name } of parameters.filter(({ id: p }) =>
        HEAD_LOSSES.get(id).equation.includes(`\\p{${p}}`),
      )) {
        expect(loss).toContain(`symbol-loss-${name}`)
      }
    })
  },
)

describe('what a loss of a head carries along', () => {
  it('follows its batches', () => {
    const lengths = mean(X.map(norm))
    const { state } = at('steady', { params: { mean: 2, rate: 0.5 } })
    expect(state!.mean).toBeCloseTo((2 + lengths) / 2, 5)
  })

  it('acts on the gradient along features', () => {
    const [free, held] = [0, 1].map((pull) => at('steady', { params: { pull, mean: 0, rate: 0 } }))
    // Every answer is right, so that the whole pull acts on every length.
    free!.dx.forEach((row, i) => {
      row.forEach((g, k) => expect(held!.dx[i]![k]! - g).toBeCloseTo(X[i]![k]! / X.length, 5))
    })
  })
})

describe('how rare classes are', () => {
  const counted = [...HEAD_LOSSES.all, ...SAMPLE_LOSSES]
  const weighted = [...TERMS.all, ...SAMPLE_TERMS].filter((term) => term.form === 'weights')

  it('is asked for by whatever uses it, which says so', () => {
    for (const { id, shader, usesRarity = false } of counted) {
      expect([id, shader((name) => name).includes('.rarity')]).toEqual([id, usesRarity])
    }
    for (const { id, shader, usesRarity = false } of weighted) {
      expect([id, shader.includes('rarityOf')]).toEqual([id, usesRarity])
    }
    expect(counted.some(({ usesRarity }) => usesRarity)).toBe(true)
  })

  it('must be told to a loss of a head, to any part of a margin, and to terms that ask for it', () => {
    const rare: MarginFunction = {
      ...MARGINS.get('none'),
      id: 'rare',
      other: multiply('cosTheta', 'rarity'),
    }
    const [plain, asking] = [false, true].map((asks): WeightTerm => {
      const { usesRarity, ...term } = weighted[0]!
      return { ...term, id: `weights-${asks}`, ...(asks && { usesRarity }) }
    })
    const undo = [MARGINS.add(rare), TERMS.add(plain!), TERMS.add(asking!)]
    const preset = (id: string, settings: PresetSettings): (() => void) =>
      PRESETS.add({ ...PRESETS.get('softmax'), id, settings: () => settings })
    undo.push(
      preset('with-rare', { head: { margin: { kind: 'rare' } } }),
      preset('with-plain', { head: {}, terms: [{ kind: plain!.id }] }),
      preset('with-asking', { head: {}, terms: [{ kind: asking!.id }] }),
    )
    const input = { x: X, W, b: B, y: Y }
    const ask = (loss: string): string => {
      try {
        evaluateLoss({ loss, ...input })
        return ''
      } catch (error) {
        return error instanceof LossCaseError ? error.field : String(error)
      }
    }
    const losses = ['threshold', 'with-rare', 'with-asking', 'with-plain', 'softmax']
    expect(losses.map(ask)).toEqual(['classCounts', 'classCounts', 'classCounts', '', ''])
    undo.forEach((remove) => remove())
  })
})

it('a loss that nobody declared is said to be unknown', () => {
  expect(() => parseExperiment({ head: { loss: { kind: 'hinge' } } })).toThrow(/no loss of a head "hinge"/)
})
