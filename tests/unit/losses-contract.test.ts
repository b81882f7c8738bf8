import katex from 'katex'
import { isDeepStrictEqual } from 'node:util'
import { describe, expect, it } from 'vitest'
import { equationOf } from '../../src/controls/equation'
import { ConfigError, parseExperiment } from '../../src/engine/config'
import { evaluateLoss, LossCaseError, losses } from '../../src/library/losses'
import { symbols } from '../../src/geometry/expression'
import { headSchema } from '../../src/losses/head'
import { marginSymbols } from '../../src/losses/margin-setting'
import { HEAD_LOSSES } from '../../src/losses/head-loss-registry'
import { identifyHead } from '../../src/losses/identify'
import { MARGINS } from '../../src/losses/margin-registry'
import { PRESETS } from '../../src/losses/preset-registry'
import { TERMS } from '../../src/losses/term-registry'

describe.each(MARGINS.all)('the margin function $id', ({ id, parameters }) => {
  it('is valid with its defaults, which lie within their ranges', () => {
    expect(headSchema.parse({ margin: { kind: id } }).margin.kind).toBe(id)
    for (const p of parameters) {
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

describe.each(PRESETS.all)('the loss $id', ({ id, settings }) => {
  it('is told by its head and its terms', () => {
    for (const dimension of [2, 3]) {
      const { head, terms = [] } = settings(dimension)
      const identity = identifyHead(headSchema.parse(head), terms)
      expect(identity.preset.id).toBe(id)
      expect(identity.differences).toEqual([])
    }
  })

  const { head: input, terms = [] } = settings(3)
  const head = headSchema.parse(input)
  const { detached, psi, state = [], classPenalty } = MARGINS.get(head.margin.kind)
  // Such a term holds a part of its value constant.
  const constant = terms.some(({ kind }) => TERMS.get(kind).form === 'weights')
  const x = [[0.9, 0.3, -0.4], [-0.2, 1.1, 0.5], [0.4, -0.6, 1.2]] // prettier-ignore
  const first = [[1, 0.2, 0.1], [-0.1, 0.9, 0.3], [0.2, -0.3, 1.1], [-0.7, 0.2, -0.5]] // prettier-ignore
  // Each class's vectors are turned against each other.
  const { subCenters } = head
  const W = first.flatMap((w) =>
    Array.from({ length: subCenters }, (_, k) => w.map((v, i) => v + 0.4 * k * w[(i + 1) % 3]!)),
  )
  const b = [[0.1, 0, -0.1, 0.2]]
  const margins = [[0.1, 0.2, 0.3, 0.1]]
  const given = {
    ...(head.normalizeFeatures ? { scale: 4 } : {}),
    ...(subCenters > 1 ? { subCenters } : {}),
  }
  /** Parameters that at 0 keep the batch from the states. */
  const held: Record<string, number> = {}
  type Inputs = Record<'x' | 'W' | 'b' | 'margins', number[][]>
  const at = ({ x, W, b, margins }: Inputs, params: object = {}) =>
    evaluateLoss({
      loss: id,
      x,
      W,
      b: b[0]!,
      margins: margins[0]!,
      y: [0, 1, 2],
      classCounts: [9, 5, 2, 1],
      centers: first,
      params: { ...given, ...held, ...params },
    })
  const inputs: Inputs = { x, W, b, margins }
  const H = 1e-5

  if (state.length > 0) {
    const other = { ...inputs, x: x.map((row) => row.map((v, k) => 2 * v + k)) }
    for (const { id: name, min } of MARGINS.get(head.margin.kind).parameters) {
      if (min > 0) continue
      const [one, two] = [inputs, other].map((batch) => at(batch, { [name]: 0 }))
      if (isDeepStrictEqual(one!.state, two!.state)) held[name] = 0
    }
  }

  /** The finite differences of the loss with respect to an input. */
  function slopes(name: keyof Inputs): number[][] {
    const result = inputs[name].map((row) => row.map(() => 0))
    for (const [i, row] of inputs[name].entries()) {
      for (const k of row.keys()) {
        const [up, down] = [H, -H].map((by) => {
          const moved = inputs[name].map((r, m) => r.map((v, c) => (m === i && c === k ? v + by : v)))
          return at({ ...inputs, [name]: moved })
        })
        result[i]![k] = (up!.loss - down!.loss) / (2 * H)
      }
    }
    return result
  }

  const expectClose = (actual: number[][], expected: number[][], name: string): void => {
    const largest = Math.max(...expected.flat().map(Math.abs))
    expected.flat().forEach((value, i) => {
      expect(Math.abs(actual.flat()[i]! - value), `${name} ${i}`).toBeLessThan(1e-6 * largest + 1e-9)
    })
  }

  it.skipIf(detached === true || constant)(
    'has the gradients of finite differences, its states held',
    (context) => {
      context.skip(state.length > 0 && Object.keys(held).length === 0, 'no parameter holds its states')
      const { dx, dW, db, dmargins } = at(inputs)
      // Where the norm counts as constant, what is left are the directions that do not change it.
      const seen = (rows: number[][]): number[][] =>
        symbols(psi).has('fixedNorm') ? rows.map((row, i) => withoutPart(row, x[i]!)) : rows
      expectClose(seen(slopes('x')), seen(dx), 'dx')
      expectClose(slopes('W'), dW!, 'dW')
      expect(db !== undefined).toBe(head.bias)
      if (db) expectClose(slopes('b'), [db], 'db')
      expect(dmargins !== undefined).toBe(classPenalty !== undefined)
      if (dmargins) expectClose(slopes('margins'), [dmargins], 'dmargins')
    },
  )

  it.runIf(HEAD_LOSSES.get(head.loss.kind).sharedBias)('has the gradient of its shared bias', () => {
    const [up, down] = [H, -H].map((by) => at(inputs, { bias: 0.3 + by }))
    const { dbias } = at(inputs, { bias: 0.3 })
    expectClose([dbias!], [[(up!.loss - down!.loss) / (2 * H)]], 'dbias')
  })

  it.runIf(state.length > 0)('carries its states on from the batch', () => {
    const moving = at(
      inputs,
      Object.fromEntries(Object.keys(held).map((name) => [name, name === 'dynamic' ? 1 : 0.5])),
    )
    const still = at(inputs)
    for (const { id: name } of state) expect(moving.state![name], name).not.toBe(still.state![name])
  })

  it('is evaluated the same with the defaults that are listed, and names these parameters', () => {
    const { parameters } = losses.find((loss) => loss.id === id)!
    const defaults = Object.fromEntries(parameters.map((parameter) => [parameter.id, parameter.default]))
    expect(at(inputs, { ...defaults, ...given, ...held })).toEqual(at(inputs))
    const names = parameters.map((parameter) => parameter.id).join(', ')
    expect(() => at(inputs, { colour: 1 })).toThrow(`it has ${names}`)
  })

  it('names a parameter that is wrong', () => {
    for (const [params, message] of [
      [{ subCenters: 'big' }, 'params.subCenters must be a whole number'],
      [{ colour: 1 }, 'no parameter "colour"'],
    ] as const) {
      expect(() => at(inputs, params)).toThrow(LossCaseError)
      expect(() => at(inputs, params)).toThrow(message)
    }
    for (const { id: name, max } of MARGINS.get(head.margin.kind).parameters) {
      const wrong = (value: unknown): (() => unknown) => {
        const parameters = { ...head.margin.parameters, [name]: value }
        return () => parseExperiment({ head: { ...head, margin: { ...head.margin, parameters } } })
      }
      for (const value of [max + 1, NaN, '1', null]) {
        expect(wrong(value)).toThrow(ConfigError)
        expect(wrong(value)).toThrow(`head.margin.parameters.${name}`)
      }
    }
  })
})

/** A vector without its part along another. */
function withoutPart(v: readonly number[], along: readonly number[]): number[] {
  const dot = (a: readonly number[], b: readonly number[]): number =>
    a.reduce((sum, value, k) => sum + value * b[k]!, 0)
  const share = dot(v, along) / dot(along, along)
  return v.map((value, k) => value - share * along[k]!)
}
