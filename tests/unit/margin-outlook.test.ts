import { describe, expect, it } from 'vitest'
import { marginOutlook } from '../../src/controls/margin-outlook'
import { headSchema, type Head } from '../../src/losses/head'
import { MARGINS } from '../../src/losses/margin-registry'

const head = (kind: string, parameters: Record<string, number>, more: Partial<Head> = {}): Head =>
  headSchema.parse({
    bias: false,
    normalizeWeights: true,
    normalizeFeatures: true,
    scale: 30,
    margin: { kind, parameters },
    ...more,
  })

describe('the margin meter', () => {
  it('knows the bounds of CosFace and ArcFace for ten classes', () => {
    const bounds = (kind: string, d: number) =>
      marginOutlook(head(kind, { m: 0.1 }), 10, d)!.gauges.map(({ bound }) => bound!.toFixed(3))
    expect(bounds('additive-cosine', 2)).toEqual(['0.191'])
    expect(bounds('additive-angular', 2)).toEqual(['0.628'])
    expect(bounds('additive-cosine', 3)).toEqual(['0.596'])
    expect(bounds('additive-angular', 3)).toEqual(['1.154'])
  })

  it('says that a margin fits, or that it does not', () => {
    expect(marginOutlook(head('additive-angular', { m: 0.3 }), 10, 2)).toMatchObject({
      verdict: 'fits',
      sentence: 'Fits: each class keeps ±9.4° of its ±18°.',
    })
    const past = marginOutlook(head('additive-cosine', { m: 0.35 }), 10, 2)!
    expect(past.verdict).toBe('too large')
    expect(past.sentence).toContain('Classes must merge')
  })

  it('says when s caps the probability, and which s would do', () => {
    const weak = marginOutlook(head('additive-angular', { m: 0 }, { scale: 1 }), 10, 2)!
    expect(weak.verdict).toBe('weak')
    expect(weak.sentence).toMatch(/95 % needs s ≥ 19(\.5)?\./)
    const free = marginOutlook(head('additive-angular', { m: 0 }, { normalizeFeatures: false }), 10, 2)!
    expect(free.probability).toBeNull()
  })

  it('has no bound for A-Softmax, whose sector is φ/(1 + m)', () => {
    const outlook = marginOutlook(head('multiplicative', { m: 4, lambdaMin: 0 }), 10, 2)!
    expect(outlook.gauges.map(({ bound }) => bound)).toEqual([null])
    expect(outlook.halfAngle).toBeCloseTo(Math.PI / 5 / 5, 6)
  })

  it('has something to say for every margin that has a strength, and only for those', () => {
    for (const { id, parameters } of MARGINS) {
      const outlook = marginOutlook(head(id, {}), 10, 3)
      const strong = parameters.some(({ neutral }) => neutral !== undefined)
      if (strong) expect(outlook?.sentence, id).toMatch(/^(Fits|Too large)/)
      else expect(outlook, id).toBeNull()
    }
  })
})
