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
