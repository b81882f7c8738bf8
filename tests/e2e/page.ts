import type { ServerResponse } from 'node:http'
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { serveStatic } from '../../tools/static-server.mjs'
import { presetExperiment } from '../../src/engine/preset-experiment'
import { linkTo } from '../../src/session/link'
import { momentOf } from '../../src/session/moment'
import { launchBrowser, PLAIN } from '../browser/launch'

let browser: Browser
const contexts: BrowserContext[] = []

/** The built site; tests may have it answer some requests otherwise, by their path. */
export const site = {
  url: '',
  intercept: never,
}

function never(_path: string, _response: ServerResponse): boolean {
  return false
}

/** Serves the site and starts a browser for the tests of a file. */
export function useSite(): void {
  let server: Awaited<ReturnType<typeof serveStatic>>
  beforeAll(async () => {
    // Without WebGPU, which takes half a minute to measure where a processor pretends to be a GPU.
    browser = await launchBrowser(PLAIN)
    server = await serveStatic('dist', { intercept: (path, response) => site.intercept(path, response) })
    site.url = server.url
  })
  afterAll(async () => {
    await browser.close()
    await server.close()
  })
  afterEach(async () => {
    site.intercept = never
    await Promise.all(contexts.splice(0).map((context) => context.close()))
  })
}

/** What an address ends with that opens a live run, of ArcFace with two features; without, a recorded one is shown. */
export const LIVE = linkTo(momentOf(presetExperiment('arcface', 2)), '')

/** The page with what it complained about, and the addresses that it asked for: a live run, unless `hash` says else. */
export async function open(
  options: {
    hash?: string
    width?: number
    height?: number
    theme?: 'light' | 'dark'
    reducedMotion?: 'reduce'
    within?: Browser
  } = {},
) {
  const { hash = LIVE, width = 1440, height = 900, theme = 'light', within = browser } = options
  const { reducedMotion = null } = options
  const context = await within.newContext({ viewport: { width, height }, colorScheme: theme, reducedMotion })
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

export async function readout(page: Page, name: string): Promise<number> {
  const row = page.locator('.readouts > div').filter({ has: page.locator('dt', { hasText: name }) })
  return Number((await row.locator('dd').textContent())!.replace(' %', ''))
}

export async function until(condition: () => Promise<boolean>, what: string, seconds = 60): Promise<void> {
  for (const end = Date.now() + 1000 * seconds; Date.now() < end;) {
    if (await condition()) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`waited ${seconds} s in vain: ${what}`)
}

export const stepReaches = (page: Page, step: number): Promise<void> =>
  until(async () => (await readout(page, 'step')) >= step, `step ${step}`)
export const play = (page: Page): Promise<void> => page.getByRole('button', { name: 'Play' }).click()
export const pause = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Pause' }).click()
  await page.getByRole('button', { name: 'Play' }).waitFor()
}
export const equation = (page: Page): Locator => page.locator('.equation .katex-mathml annotation').first()
export const measured = (page: Page): Promise<void> =>
  page.getByRole('button', { name: /WebAssembly|WebGPU|plain JavaScript/ }).waitFor({ timeout: 60_000 })
