import katex from 'katex'
import { beforeAll, describe, expect, it } from 'vitest'
import { nodeAssets } from '../../cli/node-assets'
import { equationOf } from '../../src/controls/equation'
import { useBackend } from '../../src/engine/backends'
import { evaluateLoss } from '../../src/engine/loss-case'
import { lossCaseSchema } from '../../src/engine/loss-case-format'
import { headSchema, marginSymbols } from '../../src/losses/head'
import { identifyHead } from '../../src/losses/identify'
import { MARGINS } from '../../src/losses/margins'
import { PRESETS } from '../../src/losses/presets'

beforeAll(() => useBackend('cpu', nodeAssets))

describe.each([...MARGINS])('the margin function %s', (id, margin) => {
  it('is valid with its defaults, which lie within their ranges', () => {
    expect(margin.id).toBe(id)
    expect(headSchema.parse({ margin: { kind: id } }).margin.kind).toBe(id)
    for (const p of margin.parameters) {
      expect(p.default).toBeGreaterThanOrEqual(p.min)
      expect(p.default).toBeLessThanOrEqual(p.max)
    }
  })

  it('has an equation that renders', () => {
    const head = headSchema.parse({ margin: { kind: id }, normalizeFeatures: true })
    const { target } = equationOf(head, marginSymbols(head.margin, 1, 0))
    for (const tex of [target.symbols, target.numbers]) {
      const options = { throwOnError: true, trust: true, strict: false }
      expect(katex.renderToString(tex, options)).toContain('katex')
      expect(tex).not.toMatch(/NaN|undefined/)
    }
  })
})

describe.each([...PRESETS.values()])('the loss $id', ({ id, settings }) => {
  it('is told by its head and its terms', () => {
    for (const dimension of [2, 3]) {
      const { head, auxiliaries = [] } = settings(dimension)
      const identity = identifyHead(headSchema.parse(head), auxiliaries)
      expect(identity.preset.id).toBe(id)
      expect(identity.differences).toEqual([])
    }
  })

  const head = headSchema.parse(settings(3).head)
  const { detached, state } = MARGINS.get(head.margin.kind)!
  // What comes from the states counts as constant.
  it.skipIf(detached === true || state !== undefined)('has the gradients of finite differences', async () => {
    const x = [[0.9, 0.3, -0.4], [-0.2, 1.1, 0.5], [0.4, -0.6, 1.2]] // prettier-ignore
    const W = [[1, 0.2, 0.1], [-0.1, 0.9, 0.3], [0.2, -0.3, 1.1], [-0.7, 0.2, -0.5]] // prettier-ignore
    const more = { b: [0.1, 0, -0.1, 0.2], classCounts: [9, 5, 2, 1], margins: [0.1, 0.2, 0.3, 0.1] }
    // Each class's vectors are turned against each other.
    const { subCenters } = head
    const rows = W.flatMap((w) =>
      Array.from({ length: subCenters }, (_, k) => w.map((v, i) => v + k * W[k]![i]!)),
    )
    const params = {
      ...(head.normalizeFeatures ? { scale: 4 } : {}),
      ...(subCenters > 1 ? { subCenters } : {}),
    }
    const at = (features: number[][]) =>
      evaluateLoss(
        lossCaseSchema.parse({ id, loss: id, params, x: features, W: rows, y: [0, 1, 2], ...more }),
      )
    const { dx } = await at(x)
    const largest = Math.max(...dx.flat().map(Math.abs))
    const h = 2e-3
    for (let i = 0; i < 3; i++) {
      for (let k = 0; k < 3; k++) {
        const moved = (by: number): number[][] =>
          x.map((row, r) => row.map((v, c) => (r === i && c === k ? v + by : v)))
        const slope = ((await at(moved(h))).loss - (await at(moved(-h))).loss) / (2 * h)
        expect(Math.abs(slope - dx[i]![k]!)).toBeLessThan(0.02 * largest + 1e-3)
      }
    }
  })
})
