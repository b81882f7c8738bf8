import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { measured, open, play, until, useSite } from './page'

useSite()

const stage = (page: Page, letter: string) => page.getByRole('group', { name: `Run ${letter}` })
const steps = async (page: Page): Promise<number[]> =>
  (await page.locator('.run-progress').allTextContents()).map((text) => Number(/step (\d+)/.exec(text)![1]))

/** How much of a picture is not paper: of the line of names and of what is below, in its left and in its right half. */
function inkOf(page: Page, png: Uint8Array) {
  return page.evaluate(
    async (bytes) => {
      const image = await createImageBitmap(new Blob([Uint8Array.from(bytes)]))
      const { width, height } = image
      const context = new OffscreenCanvas(width, height).getContext('2d')!
      context.drawImage(image, 0, 0)
      const share = (x: number, y: number, w: number, h: number): number => {
        const { data } = context.getImageData(x, y, w, h)
        const paper = data.slice(0, 3)
        let ink = 0
        for (let k = 0; k < data.length; k += 4)
          if (paper.some((c, a) => Math.abs(c - data[k + a]!) > 4)) ink++
        return (4 * ink) / data.length
      }
      // Within the hairlines.
      const halves = (y: number, h: number): number[] =>
        [4, width / 2 + 4].map((x) => share(x, y, width / 2 - 8, h))
      return { width, titles: halves(4, 46), stages: halves(64, height - 68) }
    },
    [...png],
  )
}

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

    // One picture has both, with their names, as they lie on the page.
    const left = (await stage(page, 'A').boundingBox())!
    const right = (await stage(page, 'B').boundingBox())!
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'save picture' }).click(),
    ])
    expect(download.suggestedFilename()).toMatch(/^stages-step-\d+\.png$/)
    const saved = await inkOf(page, await readFile(await download.path()))
    expect(Math.abs(saved.width / 2 - (right.x + right.width - left.x))).toBeLessThan(3)
    expect(saved.titles.every((share) => share > 0.01)).toBe(true)
    expect(saved.stages.every((share) => share > 0.1)).toBe(true)

    await page.getByRole('button', { name: 'Remove run B' }).click()
    await stage(page, 'A').waitFor({ state: 'detached' })
    expect(await page.locator('.stage-canvas').count()).toBe(1)
    expect(complaints).toEqual([])
  })
})
