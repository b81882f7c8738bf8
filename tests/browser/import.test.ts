import { zipSync } from 'fflate'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { TestPage, type Remote } from './browser'

let page: TestPage
let remote: Remote<typeof import('./page/import')>

beforeAll(async () => {
  page = await TestPage.open()
  remote = page.module('tests/browser/page/import')
})
afterAll(() => page.close())

it('decodes the pictures of a zip: PNG, JPEG and WebP', async () => {
  const entries: Record<string, Uint8Array> = {}
  for (const [i, type] of ['png', 'jpeg', 'webp'].entries()) {
    entries[`dark/${i}.${type}`] = Uint8Array.from(await remote.encode(`image/${type}`, 10, 60))
    entries[`light/${i}.${type}`] = Uint8Array.from(await remote.encode(`image/${type}`, 140, 250))
  }
  const result = (await remote.importOne('halves.zip', [...zipSync(entries)])) as {
    classes: string[]
    images: [number, number, number][]
  }
  expect(result.classes).toEqual(['dark', 'light'])
  expect(result.images).toHaveLength(6)
  for (const [label, left, right] of result.images) {
    expect(Math.abs(left - [10, 140][label]!)).toBeLessThanOrEqual(3)
    expect(Math.abs(right - [60, 250][label]!)).toBeLessThanOrEqual(3)
  }
})

it('names a picture that the browser can not decode', async () => {
  const png = Uint8Array.from(await remote.encode('image/png', 10, 60))
  const bytes = [...zipSync({ 'a/1.png': png, 'b/2.png': png.subarray(0, 40) })]
  expect(await remote.importOne('halves.zip', bytes)).toMatch(
    /"b\/2.png" in halves.zip is not a picture that can be read/,
  )
})

it('refuses a bomb in the browser too', async () => {
  const packed = zipSync({ 'a/1.png': new Uint8Array(8 * 2 ** 20), 'b/2.png': new Uint8Array(9) })
  const view = new DataView(packed.buffer)
  view.setUint32(view.getUint32(packed.length - 6, true) + 24, 50_000, true)
  expect(await remote.importOne('bomb.zip', [...packed])).toMatch(/"a\/1.png" in bomb.zip is damaged/)
})
