import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { measured, open, readout, site, stepReaches, until, useSite } from './page'

useSite()

const place = (page: Page) => page.getByRole('slider', { name: 'Place in the recorded run' })
const note = (page: Page) => page.getByRole('group', { name: 'Recorded run' })

/** Whether the page has made that mark in its timeline. */
const marked = (page: Page, name: string) =>
  page.evaluate((name) => performance.getEntriesByName(name).length > 0, name)

describe('the recorded run that the site starts from', () => {
  it.each([
    ['light', 1440, 900],
    ['dark', 390, 844],
  ] as const)('moves before the page is loaded: %s, %d × %d', async (theme, width, height) => {
    let withheld = true
    // What the page needs besides its entry and what that draws with.
    site.intercept = (path, response) => {
      if (!withheld || !/\.(js|css)$/.test(path) || /^assets\/(index|first-screen)/.test(path)) return false
      response.writeHead(404).end()
      return true
    }
    const { page } = await open({ hash: '', theme, width, height })
    await until(() => marked(page, 'first-motion'), 'motion')
    const canvas = page.locator('#first-screen canvas')
    const before = await canvas.screenshot()
    await until(async () => !(await canvas.screenshot()).equals(before), 'other points')
    expect(await page.locator('html').getAttribute('data-theme')).toBe(theme)
    expect(await page.locator('.app').count()).toBe(0)
    const place = (await canvas.boundingBox())!

    withheld = false
    await page.reload()
    await page.locator('#first-screen').waitFor({ state: 'detached' })
    expect(await marked(page, 'stage-drawn')).toBe(true)
    const stage = (await page.locator('.stage-canvas').boundingBox())!
    for (const side of ['x', 'y', 'width', 'height'] as const) {
      expect(Math.abs(stage[side] - place[side]), side).toBeLessThan(1.5)
    }
  })

  it('plays without the engine, scrubs by keys and by dragging, and goes on live from its end', async () => {
    let answered = false
    // The engine gets nothing: neither its code for WebAssembly nor images.
    site.intercept = (path, response) => {
      if (answered || !/\.wasm$|^data\//.test(path)) return false
      response.writeHead(404).end()
      return true
    }
    const { page } = await open({ hash: '' })
    await note(page).waitFor()
    await stepReaches(page, 1)
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])

    await place(page).press('Home')
    await until(async () => (await readout(page, 'step')) === 0, 'the start')
    await place(page).press('PageUp')
    await until(async () => (await readout(page, 'step')) > 20, 'ten keyframes')
    const track = (await page.locator('.timeline-track').boundingBox())!
    await page.mouse.move(track.x + 0.2 * track.width, track.y + 10)
    await page.mouse.down()
    await page.mouse.move(track.x + 0.5 * track.width, track.y + 10, { steps: 3 })
    await page.mouse.up()
    await until(async () => Math.abs((await readout(page, 'epoch')) - 10) < 0.3, 'the middle')
    await place(page).press('End')
    await until(async () => (await readout(page, 'step')) === 2500, 'the end')
    expect(await place(page).getAttribute('aria-valuenow')).toBe('2500')
    const accuracy = await readout(page, 'test')

    answered = true
    await page.getByRole('button', { name: 'Play on' }).click()
    await measured(page)
    expect(await note(page).count()).toBe(0)
    await until(async () => (await readout(page, 'step')) >= 2500, 'the live run')
    expect(await readout(page, 'test')).toBeGreaterThan(accuracy - 1)
  })

  it('goes on live with a change of a control, with the recorded weights', async () => {
    const { page, complaints } = await open({ hash: '' })
    await note(page).waitFor()
    await page.getByRole('slider', { name: /^margin/ }).press('ArrowRight')
    await note(page).waitFor({ state: 'detached' })
    await stepReaches(page, 2501)
    expect(await readout(page, 'test')).toBeGreaterThan(90)
    await page.getByRole('button', { name: /^At step 2500: m / }).waitFor()
    await page.getByRole('button', { name: 'Pause' }).waitFor()
    expect(complaints).toEqual([])
  })

  it('stands still at its end for who wants little motion', async () => {
    const { page } = await open({ hash: '', reducedMotion: 'reduce' })
    await until(() => marked(page, 'first-screen'), 'the first screen')
    await until(async () => (await readout(page, 'step')) === 2500, 'the end')
    await page.getByRole('button', { name: 'Play on' }).waitFor()
    expect(await marked(page, 'first-motion')).toBe(false)
  })

  it('is replaced by a live run where its file is missing', async () => {
    site.intercept = (path, response) => {
      if (!path.startsWith('recordings/')) return false
      response.writeHead(404).end()
      return true
    }
    const { page } = await open({ hash: '' })
    await page.getByText(/The recorded run could not be shown: the file is missing \(404\)/).waitFor()
    await measured(page)
    expect(await readout(page, 'step')).toBe(0)
  })
})
