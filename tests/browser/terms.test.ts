import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { TERMS } from '../../src/losses/term-registry'
import { SAMPLE_TERMS } from '../sample-terms'
import { TestPage, type Remote } from './browser'

let page: TestPage
let terms: Remote<typeof import('./page/terms')>

beforeAll(async () => {
  page = await TestPage.open()
  terms = page.module('tests/browser/page/terms')
  await terms.addOwnTerms()
})
afterEach(() => {
  expect(page.complaints).toEqual([])
})
afterAll(() => page.close())

describe.each([...TERMS.ids, ...SAMPLE_TERMS.map(({ id }) => id)])('the term %s', (kind) => {
  it('is on webgpu what it is on the CPU', async () => {
    for (const setting of await terms.settingsOf(kind)) {
      for (const fixedWeights of [false, true]) {
        for (const [name, deviation] of Object.entries(await terms.compareTerm(setting, fixedWeights))) {
          expect(deviation, `${name} of ${JSON.stringify(setting)}`).toBeLessThanOrEqual(1e-4)
        }
      }
      const own = await terms.gradientOfFixed(setting)
      expect(own.every((slope) => slope === 0)).toBe(true)
    }
  })
})

it.each(SAMPLE_TERMS.map(({ id }) => id))(
  'the gradient of %s on webgpu is the slope of its value',
  async (kind) => {
    for (const setting of await terms.settingsOf(kind)) {
      expect(await terms.slopeError(setting), JSON.stringify(setting)).toBeLessThan(1e-2)
    }
  },
)
