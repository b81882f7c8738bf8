import { describe, expect, it } from 'vitest'
import { withPreset } from '../../src/engine/preset-experiment'
import {
  fillIndividualMargins,
  marginDistribution,
  individualMarginOf,
  type Carried,
} from '../../src/losses/individual-margins'
import type { ActiveHead } from '../../src/losses/head'
import { marginSymbols } from '../../src/losses/margin-setting'
import { EXPERIMENT } from './fixture'

const CARRIED: Carried = {
  classMargins: Float32Array.of(0.1, 0.35),
  rarity: Float32Array.of(1, 1 / 16),
  states: Float32Array.of(10, 2, 0, 0),
}
const SAMPLES = {
  labels: [0, 1, 1],
  targetAngle: [0.2, 0.5, 1.4],
  otherAngle: [1.2, 0.9, 0.7],
  norm: [0.1, 10.25, 40],
}

function headOf(preset: string, parameters: Record<string, number>): Pick<ActiveHead, 'margin' | 'symbols'> {
  const { margin } = withPreset(EXPERIMENT, preset).head
  const setting = { ...margin, parameters: { ...margin.parameters, ...parameters } }
  return { margin: setting, symbols: marginSymbols(setting, 1, 0) }
}

function margins(preset: string, parameters: Record<string, number>, carried = CARRIED): number[] {
  const out = new Float32Array(3)
  fillIndividualMargins(out, headOf(preset, parameters), carried, SAMPLES, 3)
  return [...out]
}

const close = (actual: readonly number[], expected: readonly number[]): void => {
  actual.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 5))
}

describe('the margin of a sample', () => {
  it('is linear in the clipped norm (MagFace)', () => {
    const set = { lowerMargin: 0.2, upperMargin: 0.6, lowerNorm: 0.5, upperNorm: 20 }
    close(margins('magface', set), [0.2, 0.4, 0.6])
  })

  it('is what ψ lacks to the cosine for its quality (AdaFace)', () => {
    const quality = SAMPLES.norm.map((n) => Math.min(1, Math.max(-1, (0.333 * (n - 10)) / 2.001)))
    const lead = quality.map((q, i) => {
      const theta = SAMPLES.targetAngle[i]!
      return Math.cos(theta) - (Math.cos(Math.max(1e-3, theta - 0.4 * q)) - 0.4 - 0.4 * q)
    })
    const other = SAMPLES.otherAngle.map((theta) => Math.min(0.999, Math.cos(theta)) - Math.cos(theta))
    close(
      margins('adaface', { m: 0.4, h: 0.333 }),
      lead.map((m, i) => m + other[i]!),
    )
  })

  it('grows by what weighs a class that wins over it (CurricularFace)', () => {
    const t = 0.3
    const expected = SAMPLES.targetAngle.map((theta, i) => {
      const other = Math.cos(SAMPLES.otherAngle[i]!)
      const hard = other > Math.cos(theta + 0.5)
      return Math.cos(theta) - Math.cos(theta + 0.5) + (hard ? other * (t + other) - other : 0)
    })
    close(
      margins('curricularface', { m: 0.5 }, { ...CARRIED, states: Float32Array.of(t, 0, 0, 0) }),
      expected,
    )
  })

  it('is its own draw from a normal distribution, the same each time (ElasticFace)', () => {
    const head = headOf('elasticface', { m: 0.5, std: 0.05 })
    const count = 4000
    const zeros = new Float32Array(count)
    const draw = (): Float32Array => {
      const out = new Float32Array(count)
      const samples = { labels: zeros, targetAngle: zeros, otherAngle: zeros, norm: zeros }
      fillIndividualMargins(out, head, CARRIED, samples, count)
      return out
    }
    const first = draw()
    expect(draw()).toEqual(first)
    const mean = first.reduce((sum, m) => sum + m, 0) / count
    const deviation = Math.sqrt(first.reduce((sum, m) => sum + (m - mean) ** 2, 0) / count)
    expect(mean).toBeCloseTo(0.5, 2)
    expect(deviation).toBeCloseTo(0.05, 2)
    const { mean: m, deviation: std } = marginDistribution(head)!
    expect([m, std].map((value) => Number(value.toFixed(9)))).toEqual([0.5, 0.05])
  })

  it('is that of its class (AdaptiveFace, LDAM)', () => {
    close(margins('adaptiveface', {}), [0.1, 0.35, 0.35])
    close(margins('ldam', { maxMargin: 0.4 }), [0.4, 0.2, 0.2])
  })

  it('is nobody’s own where all have the same', () => {
    const head = headOf('arcface', {})
    expect(individualMarginOf(head)).toBeNull()
    expect(() => fillIndividualMargins(new Float32Array(3), head, CARRIED, SAMPLES, 3)).toThrow(RangeError)
    expect(marginDistribution(headOf('magface', {}))).toBeNull()
  })
})
