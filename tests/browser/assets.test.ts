import { afterAll, beforeAll, expect, it } from 'vitest'
import { TestPage, type Remote } from './browser'

let page: TestPage
let remote: Remote<typeof import('./page/download')>

beforeAll(async () => {
  page = await TestPage.open()
  remote = page.module('tests/browser/page/download')
})
afterAll(() => page.close())

it('tells how far a data file has come', async () => {
  const { size, progress } = await remote.download('mnist.bin')
  expect(size).toBeGreaterThan(1e6)
  const loaded = progress.map(([bytes]) => bytes)
  expect(loaded).toEqual(loaded.toSorted((a, b) => a - b))
  expect(progress[0]).toEqual([0, size])
  expect(progress[progress.length - 1]).toEqual([size, size])
})

it('names a file that is missing', async () => {
  // The development server answers with the page itself where there is no file, hence the odd name.
  await expect(remote.download('%')).rejects.toThrow(/AssetError: http:.*data\/% is missing \(\d+\)/)
})
