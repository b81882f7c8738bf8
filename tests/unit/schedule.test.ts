import { describe, expect, it } from 'vitest'
import { parseExperiment } from '../../src/engine/config'
import { withPreset } from '../../src/engine/preset-experiment'
import { activeHead, ramp, rateAt } from '../../src/engine/schedule'

describe('learning rates', () => {
  it('rise to the peak and fall to almost nothing in one cycle, and go on gently', () => {
    const rate = { kind: 'one-cycle', value: 0.01, warmUp: 0.3 } as const
    expect(rateAt(rate, 0)).toBeCloseTo(0.0004, 6)
    expect(rateAt(rate, 0.3)).toBeCloseTo(0.01, 6)
    expect(rateAt(rate, 0.9999)).toBeLessThan(2e-5)
    expect(rateAt(rate, 1)).toBeCloseTo(0.001, 6)
    const values = Array.from({ length: 101 }, (_, i) => rateAt(rate, i / 101))
    const peak = values.indexOf(Math.max(...values))
    expect(values.slice(0, peak)).toEqual(values.slice(0, peak).sort((a, b) => a - b))
    expect(values.slice(peak)).toEqual(values.slice(peak).sort((a, b) => b - a))
  })

  it('fall by a factor at each step', () => {
    const rate = { kind: 'step', value: 1, factor: 0.1, every: 0.25 } as const
    expect([0, 0.24, 0.25, 0.5, 0.99].map((p) => rateAt(rate, p))).toEqual(
      [1, 1, 0.1, 0.1 ** 2, 0.1 ** 3].map((v) => expect.closeTo(v, 12) as number),
    )
  })
})

describe('the curriculum', () => {
  const experiment = {
    ...withPreset(parseExperiment({}), 'arcface'),
    curriculum: {
      normalizeFeaturesAt: 0.5,
      margin: { start: 0.5, end: 0.75 },
      scale: { from: 4, start: 0, end: 0.5 },
    },
  }

  it('brings on unit features, margin and scale when they are due', () => {
    const { scale, margin } = experiment.head
    const at = (progress: number) => activeHead(experiment, progress, 0)
    expect(at(0.49).normalizeFeatures).toBe(false)
    expect(at(0.5).normalizeFeatures).toBe(true)
    expect(at(0.5).symbols.m).toBe(0)
    expect(at(0.625).symbols.m).toBeCloseTo(margin.parameters.m! / 2)
    expect(at(1).symbols.m).toBe(margin.parameters.m)
    expect(at(0).scale).toBe(4)
    expect(at(0.25).scale).toBeCloseTo((4 + scale) / 2)
    expect(at(0.5).scale).toBe(scale)
  })

  it('ramps a multiplicative margin from 1, where it asks for nothing', () => {
    const sphere = { ...withPreset(parseExperiment({}), 'a-softmax'), curriculum: experiment.curriculum }
    expect(activeHead(sphere, 0.1, 0).symbols.m).toBe(1)
    expect(activeHead(sphere, 1, 0).symbols.m).toBe(4)
  })

  it('anneals λ by the step', () => {
    const sphere = withPreset(parseExperiment({}), 'a-softmax')
    const { lambdaMax, lambdaMin, gamma } = sphere.head.margin.parameters
    expect(activeHead(sphere, 0, 0).symbols.lambda).toBe(lambdaMax)
    expect(activeHead(sphere, 0, 10).symbols.lambda).toBeCloseTo(
      Math.max(lambdaMin!, lambdaMax! / (1 + 10 * gamma!)),
    )
    expect(activeHead(sphere, 0, 1e9).symbols.lambda).toBe(lambdaMin)
  })

  it('is complete at once where start and end are 0', () => {
    expect(ramp({ start: 0, end: 0 }, 0)).toBe(1)
  })
})
