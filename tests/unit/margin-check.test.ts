import { describe, expect, it } from 'vitest'
import { headSchema } from '../../src/losses/head'
import { checkMargin, type MarginCheck } from '../../src/losses/margin-check'
import { MARGIN_EXAMPLES } from '../../src/losses/margin-examples'
import { MARGINS } from '../../src/losses/margin-registry'
import { defaultMargin } from '../../src/losses/margin-setting'

const check = (text: string, parameters: Record<string, number> = {}): MarginCheck =>
  checkMargin(headSchema.parse({ margin: { kind: 'custom', text, parameters } }))

describe('the check of a margin', () => {
  it('finds nothing wrong with CosFace', () => {
    expect(check('cos(theta)-m', { m: 0.3 })).toMatchObject({
      notDecreasing: [],
      aboveCosine: [],
      notFinite: [],
    })
  })

  it('finds where it does not decrease', () => {
    // It turns at 180° / 1.35 = 133.3°.
    expect(check('cos(1.35*theta)').notDecreasing).toEqual([{ from: 133, to: 180 }])
    expect(check('1 - floor(theta)').notDecreasing).toHaveLength(4)
  })

  it('finds where it exceeds the cosine', () => {
    expect(check('1 - 2*theta/pi').aboveCosine).toEqual([{ from: 91, to: 179 }])
  })

  it('finds where it or its slope is not finite', () => {
    expect(check('log(theta - pi/2)').notFinite).toEqual([{ from: 0, to: 90 }])
    expect(check('-sqrt(theta)').notFinite).toEqual([{ from: 0, to: 0 }])
  })

  it('finds what is not finite in single precision alone, in which training computes', () => {
    // In the slope stands 40 exp(80 θ), which is beyond 3.4e38 from 1.063 radians, 60.9°, on.
    expect(check('cos(theta) - exp(40*theta)/exp(40*theta)').notFinite).toEqual([{ from: 61, to: 180 }])
    expect(check('cos(theta)-m/0', { m: 0.15 })).toMatchObject({
      notFinite: [{ from: 0, to: 180 }],
      notDecreasing: [],
      aboveCosine: [],
    })
  })

  it('finds where it is so steep that the square of a gradient is not finite', () => {
    const whole = [{ from: 0, to: 180 }]
    expect(check('-1e30*theta')).toMatchObject({ notFinite: [], overflows: whole })
    expect(check('1e38*cos(theta)')).toMatchObject({ notFinite: [], overflows: whole })
    expect(check('-1e12*theta')).toMatchObject({ notFinite: [], overflows: [] })
  })

  it('finds every margin function finite, as it is by default', () => {
    for (const { id } of MARGINS.all) {
      const head = headSchema.parse({ margin: defaultMargin(id) })
      expect(checkMargin(head), id).toMatchObject({ notFinite: [], overflows: [] })
    }
  })

  it('has the slope that differences show', () => {
    const { psi, slope } = check('cos(theta + m*sin(theta)) - 0.1*theta^2', { m: 0.7 })
    for (let i = 1; i < 180; i++) {
      expect(slope[i]).toBeCloseTo(((psi[i + 1]! - psi[i - 1]!) * 90) / Math.PI, 3)
    }
  })

  it('passes the examples, which differ from each other', () => {
    for (const { text, parameters } of MARGIN_EXAMPLES) {
      const { aboveCosine, notFinite } = check(text, parameters)
      expect(notFinite, text).toEqual([])
      // The stretched angle is there to show the warnings.
      if (!text.includes('1.35')) expect(aboveCosine, text).toEqual([])
    }
    expect(new Set(MARGIN_EXAMPLES.map(({ name }) => name)).size).toBe(MARGIN_EXAMPLES.length)
  })
})
