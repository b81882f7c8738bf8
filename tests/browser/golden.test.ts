import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectReference, GOLDEN_CASES } from '../golden/cases'
import { TestPage, type Remote } from './browser'

let page: TestPage
let golden: Remote<typeof import('./page/golden')>

beforeAll(async () => {
  page = await TestPage.open()
  golden = page.module('tests/browser/page/golden')
})
afterAll(() => page.close())

describe.each(['webgpu', 'wasm', 'cpu'] as const)('losses on %s in the browser', (backend) => {
  beforeAll(async () => {
    const info = await golden.start(backend)
    // Without an adapter the tests below would say nothing.
    if (backend === 'webgpu') expect(info?.text).toBeTruthy()
  })

  it.each(GOLDEN_CASES.map((c) => [c.id, c] as const))('%s matches the reference', async (_, goldenCase) => {
    expectReference(await golden.evaluate(goldenCase), goldenCase)
    expect(page.complaints).toEqual([])
  })
})

describe('a term without a reference', () => {
  it('cosine-pair is the same on webgpu as on the CPU', async () => {
    const x = [[0.9, 0.3], [1, -0.2], [-0.4, 0.8], [0.7, 0.6], [-0.5, -0.9]] // prettier-ignore
    const y = [0, 1, 0, 1, 2]
    const of = async (backend: 'cpu' | 'webgpu') => {
      await golden.start(backend)
      const params = { margin: 0.2, alpha: 1.5 }
      return golden.evaluate({ id: 'cosine-pair', loss: 'cosine-pair', params, x, y })
    }
    const expected = await of('cpu')
    const actual = await of('webgpu')
    expect(expected.loss).toBeGreaterThan(0.1)
    expect(actual.loss).toBeCloseTo(expected.loss, 5)
    actual.dx.flat().forEach((value, i) => expect(value).toBeCloseTo(expected.dx.flat()[i]!, 5))
    expect(page.complaints).toEqual([])
  })
})
