import { afterAll, beforeAll, expect, it } from 'vitest'
import { TestPage, type Remote } from './browser'

let page: TestPage
let device: Remote<typeof import('./page/device')>

beforeAll(async () => {
  page = await TestPage.open()
  device = page.module('tests/browser/page/device')
})
afterAll(() => page.close())

const task = { experiment: { network: { kind: 'mlp' }, optimizer: { batchSize: 8 } }, data: { digits: 64 } }

it('goes on from a checkpoint when the GPU device is lost', async () => {
  expect((await device.begin(task, 3))?.text).not.toBe('')
  const session = await page.browser.newBrowserCDPSession()
  await session.send('Browser.crashGpuProcess')
  const { message, read } = await device.lost()
  expect(message).toMatch(/^the GPU device was lost/)
  expect(read).toBe('rejected')
  const resumed = await device.resume(task, 4)
  // Down to the last bit, as if nothing had happened.
  expect(resumed).toEqual(await device.straight(task, 7))
  expect(await device.tensors()).toBe(0)
})
