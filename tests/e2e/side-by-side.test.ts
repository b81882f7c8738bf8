import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { measured, open, play, until, useSite } from './page'

useSite()

const stage = (page: Page, letter: string) => page.getByRole('group', { name: `Run ${letter}` })
const steps = async (page: Page): Promise<number[]> =>
  (await page.locator('.run-progress').allTextContents()).map((text) => Number(/step (\d+)/.exec(text)![1]))

describe('runs side by side', () => {
  it('begin together, train another loss in step, have hover in common, and can be taken away', async () => {
    const { page, complaints } = await open({ reducedMotion: 'reduce' })
    await measured(page)
    await page.getByRole('button', { name: 'add a run' }).click()
    await stage(page, 'B')
      .getByRole('img', { name: /2000 test images/ })
      .waitFor()

    // The new run is the one that is being set.
    await page.getByRole('combobox', { name: 'Named loss' }).click()
    await page.getByRole('option', { name: /^CosFace/ }).click()
    const name = (letter: string) => stage(page, letter).locator('.run-name').textContent()
    await until(async () => (await name('B'))!.startsWith('BCosFace'), 'CosFace in B')
    expect(await name('A')).toContain('ArcFace')
    expect(await name('B')).toContain('margin additive angular → additive cosine')
    await play(page)
    await until(async () => (await steps(page)).every((step) => step > 3), 'both are on their way')
    await page.getByRole('button', { name: 'Pause' }).click()
    await page.getByRole('button', { name: 'Play' }).waitFor()
    await until(async () => new Set(await steps(page)).size === 1, 'both are at one step')

    // A point that is pointed at in A has its card in B, with the same picture.
    const { width, height } = (await stage(page, 'A').locator('canvas').first().boundingBox())!
    const card = (letter: string) =>
      stage(page, letter).locator('.stage-card:not([hidden]) .stage-card-title')
    await until(async () => {
      const position = { x: width * (0.4 + 0.2 * Math.random()), y: height * (0.4 + 0.2 * Math.random()) }
      await stage(page, 'A').locator('.stage-canvas').hover({ position, force: true })
      return (await card('A').count()) > 0
    }, 'a card in A')
    await card('B').waitFor()
    expect(await card('B').textContent()).toBe(await card('A').textContent())

    await page.getByRole('button', { name: 'Remove run B' }).click()
    await stage(page, 'A').waitFor({ state: 'detached' })
    expect(await page.locator('.stage-canvas').count()).toBe(1)
    expect(complaints).toEqual([])
  })
})
