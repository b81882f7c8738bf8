import AxeBuilder from '@axe-core/playwright'
import type { ServerResponse } from 'node:http'
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../browser/launch'
import { serveStatic } from '../../tools/static-server.mjs'

/** Answers requests instead of the server, by their path; changed by tests. */
let intercept: (path: string, response: ServerResponse) => boolean = () => false
let browser: Browser
let site: Awaited<ReturnType<typeof serveStatic>>
const contexts: BrowserContext[] = []

beforeAll(async () => {
  browser = await launchBrowser()
  site = await serveStatic('dist', { intercept: (path, response) => intercept(path, response) })
})
afterAll(async () => {
  await browser.close()
  await site.close()
})
afterEach(async () => {
  intercept = () => false
  await Promise.all(contexts.splice(0).map((context) => context.close()))
})

/** The page with what it complained about, and the addresses that it asked for. */
async function open(
  options: { hash?: string; width?: number; height?: number; theme?: 'light' | 'dark' } = {},
) {
  const { hash = '', width = 1440, height = 900, theme = 'light' } = options
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: theme })
  contexts.push(context)
  const page = await context.newPage()
  const complaints: string[] = []
  const requests: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('request', (request) => requests.push(request.url()))
  await page.goto(site.url + hash)
  return { page, complaints, requests }
}

async function readout(page: Page, name: string): Promise<number> {
  const row = page.locator('.readouts > div').filter({ has: page.locator('dt', { hasText: name }) })
  return Number((await row.locator('dd').textContent())!.replace(' %', ''))
}

async function until(condition: () => Promise<boolean>, what: string, seconds = 60): Promise<void> {
  for (const end = Date.now() + 1000 * seconds; Date.now() < end;) {
    if (await condition()) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`waited ${seconds} s in vain: ${what}`)
}

const stepReaches = (page: Page, step: number): Promise<void> =>
  until(async () => (await readout(page, 'step')) >= step, `step ${step}`)
const play = (page: Page): Promise<void> => page.getByRole('button', { name: 'Play' }).click()
const pause = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Pause' }).click()
  await page.getByRole('button', { name: 'Play' }).waitFor()
}
const equation = (page: Page): Locator => page.locator('.equation .katex-mathml annotation').first()
const measured = (page: Page): Promise<void> =>
  page.getByRole('button', { name: /WebAssembly|WebGPU|plain JavaScript/ }).waitFor({ timeout: 60_000 })

describe('the built site, below a sub-path and under its security policy', () => {
  it('opens without complaint, and asks no other origin for anything', async () => {
    const { page, complaints, requests } = await open()
    await measured(page)
    expect(complaints).toEqual([])
    const { origin } = new URL(site.url)
    expect(requests.filter((url) => !/^(blob|data):/.test(url) && new URL(url).origin !== origin)).toEqual([])
    const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content')
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toMatch(/unsafe-inline|unsafe-eval'(?<!wasm-unsafe-eval')/)
  })

  it('trains: the loss falls, the points move, and more digits are right', async () => {
    const { page, complaints } = await open()
    await measured(page)
    const stage = page.locator('.stage-area')
    const before = await stage.screenshot()
    const accuracyBefore = await readout(page, 'test')
    await play(page)
    await stepReaches(page, 20)
    const early = await readout(page, 'loss')
    await stepReaches(page, 300)
    expect(await readout(page, 'loss')).toBeLessThan(0.8 * early)
    await pause(page)
    expect(await readout(page, 'test')).toBeGreaterThan(accuracyBefore + 20)
    expect((await stage.screenshot()).equals(before)).toBe(false)
    expect(complaints).toEqual([])
  })

  it('takes a dragged margin at once, marks it, and shows it in the equation', async () => {
    const { page } = await open()
    await measured(page)
    await play(page)
    await stepReaches(page, 10)
    const slider = page.getByRole('slider', { name: /^margin/ })
    const before = await equation(page).textContent()
    await slider.focus()
    for (let i = 0; i < 5; i++) await page.keyboard.press('ArrowRight')
    await until(
      async () => (await equation(page).textContent())!.includes('0.55'),
      'the new m in the equation',
    )
    expect(await equation(page).textContent()).not.toBe(before)
    await page.getByRole('button', { name: /m 0\.5.* → 0\.55/ }).waitFor()
    const step = await readout(page, 'step')
    await stepReaches(page, step + 10)
  })

  it('flips every switch without a new run', async () => {
    const { page, complaints } = await open()
    await measured(page)
    await play(page)
    await stepReaches(page, 5)
    for (const name of [/^bias/, /^unit class vectors/, /^unit features/]) {
      const control = page.getByRole('switch', { name })
      const [was, equationWas] = [
        await control.getAttribute('aria-checked'),
        await equation(page).textContent(),
      ]
      const step = await readout(page, 'step')
      await control.click()
      expect(await control.getAttribute('aria-checked')).not.toBe(was)
      await until(async () => (await equation(page).textContent()) !== equationWas, 'a new equation')
      await stepReaches(page, step + 3)
    }
    expect(complaints).toEqual([])
  })

  it('names the loss that the switches make, and takes a named one', async () => {
    const { page } = await open()
    await measured(page)
    await page.getByRole('switch', { name: /^bias/ }).click()
    await page.getByText('ArcFace, but with a bias.').waitFor()
    await page.getByRole('combobox', { name: /^Named loss/ }).click()
    await page.getByRole('option', { name: /^CosFace/ }).click()
    await until(async () => (await equation(page).textContent())!.includes('-'), 'an additive cosine margin')
    expect(await page.getByRole('switch', { name: /^bias/ }).getAttribute('aria-checked')).toBe('false')
  })

  it('changes the dimension with a new run, steps, pauses and resets', async () => {
    const { page, complaints } = await open()
    await measured(page)
    await page.getByRole('button', { name: 'Step', exact: true }).click()
    await stepReaches(page, 1)
    await page
      .getByRole('group', { name: /^number of features/ })
      .getByRole('button', { name: '3', exact: true })
      .click()
    await until(async () => (await readout(page, 'step')) === 0, 'a new run')
    await play(page)
    await stepReaches(page, 20)
    await pause(page)
    const step = await readout(page, 'step')
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(await readout(page, 'step')).toBe(step)
    await page.getByRole('button', { name: 'Reset' }).click()
    await until(async () => (await readout(page, 'step')) === 0, 'step 0')
    expect(complaints).toEqual([])
  })

  it('opens the run that a link carries, and says when a link is damaged', async () => {
    const { page } = await open()
    await measured(page)
    await page.getByRole('switch', { name: /^bias/ }).click()
    await page.getByRole('button', { name: 'Share' }).click()
    await page.waitForURL(/#run=/)
    const { page: other } = await open({ hash: new URL(page.url()).hash })
    await other.getByText('ArcFace, but with a bias.').waitFor()
    const { page: damaged } = await open({ hash: '#run=AAAA' })
    await damaged.getByText(/The link could not be opened/).waitFor()
    await measured(damaged)
  })
})

describe('when something fails', () => {
  it.each([
    ['missing', (response: ServerResponse) => response.writeHead(404).end()],
    ['damaged', (response: ServerResponse) => response.writeHead(200).end('not a data set')],
  ])('%s data is a sentence with a way to try again', async (_, answer) => {
    let broken = true
    intercept = (path, response) => {
      if (!broken || !path.startsWith('data/')) return false
      answer(response)
      return true
    }
    const { page } = await open()
    await page
      .getByRole('alert')
      .getByText(/MNIST digits could not be loaded/)
      .waitFor()
    broken = false
    await page.getByRole('button', { name: 'Try again' }).click()
    await measured(page)
    await play(page)
    await stepReaches(page, 5)
  })

  it('a diverging run stops, says why, and rolls back', async () => {
    const { page } = await open()
    await measured(page)
    await page.getByRole('button', { name: 'Optimizer' }).click()
    await page.getByRole('button', { name: 'SGD' }).click()
    await page.getByRole('slider', { name: /^learning rate/ }).focus()
    await page.keyboard.press('End')
    await play(page)
    const alert = page.getByRole('alert')
    await alert.getByText(/Training diverged at step/).waitFor({ timeout: 60_000 })
    await expect(alert.textContent()).resolves.toMatch(/likely cause/)
    await alert.getByRole('button', { name: /^Roll back/ }).click()
    await alert.waitFor({ state: 'detached' })
    expect(await readout(page, 'test')).toBeGreaterThan(0)
  })

  it('a crash of the worker is survived: the run goes on from its last checkpoint', async () => {
    const { page } = await open()
    await measured(page)
    await play(page)
    await until(async () => (await readout(page, 'epoch')) > 2, 'a checkpoint on the way')
    await page.workers()[0]!.evaluate(() => {
      setTimeout(() => {
        throw new Error('a test')
      })
    })
    await page.getByText(/The engine stopped .* goes on from step [1-9]/).waitFor()
    await measured(page)
    expect(await readout(page, 'epoch')).toBeGreaterThan(0.5)
    await until(() => Promise.resolve(page.workers().length === 1), 'the old worker to end')
  })
})

describe('accessibility', () => {
  it.each([
    ['light', 1440, 900],
    ['dark', 1440, 900],
    ['light', 390, 844],
    ['dark', 390, 844],
  ] as const)('has no violations: %s, %d × %d', async (theme, width, height) => {
    const { page } = await open({ theme, width, height })
    await measured(page)
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
  })

  it('works by keyboard alone: play, pause, reset, themes', async () => {
    const { page } = await open()
    await measured(page)
    await page.locator('body').press(' ')
    await stepReaches(page, 3)
    await page.locator('body').press(' ')
    await page.getByRole('button', { name: 'Play' }).waitFor()
    const theme = await page.locator('html').getAttribute('data-theme')
    await page.locator('body').press('t')
    expect(await page.locator('html').getAttribute('data-theme')).not.toBe(theme)
    await page.locator('body').press('r')
    await until(async () => (await readout(page, 'step')) === 0, 'step 0')
  })
})
