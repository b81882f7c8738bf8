import type { Locator, Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { open, until, useSite } from './page'

useSite()

async function boxOf(element: Locator) {
  const box = await element.boundingBox()
  if (!box) throw new Error('it is not on the page')
  return { ...box, right: box.x + box.width, bottom: box.y + box.height }
}

const focused = (page: Page): Promise<string | null> =>
  page.evaluate(() => document.activeElement!.getAttribute('aria-label'))

it.each([
  [1440, 900],
  [390, 844],
])('166 classes at %i × %i are all reached, with keys too', async (width, height) => {
  const { page } = await open({ hash: '#lab=fig-2', width, height })
  const legend = page.locator('.class-legend')
  const chips = legend.locator('.class-chip')
  await until(async () => (await chips.count()) === 166, 'the characters')
  const room = await boxOf(legend)
  expect(room.height).toBeLessThan(64)
  expect(room.right).toBeLessThanOrEqual(width)
  // A cue that there is more below, and nothing that only sideways scrolling would show.
  expect(await legend.getAttribute('data-below')).toBe('')
  expect(await legend.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0)

  await chips.first().focus()
  await page.keyboard.press('ArrowDown')
  const below = await boxOf(page.locator(':focus'))
  const first = await boxOf(chips.first())
  expect([Math.abs(below.x - first.x) < 8, below.y > first.y]).toEqual([true, true])
  await page.keyboard.press('End')
  expect(await focused(page)).toBe(await chips.last().getAttribute('aria-label'))
  await until(async () => {
    const last = await boxOf(chips.last())
    return last.y >= room.y && last.bottom <= room.bottom + 1
  }, 'the last class is in sight')
  await page.keyboard.press('Enter')
  expect(await chips.last().getAttribute('aria-pressed')).toBe('false')
  await page.keyboard.press('Shift+Enter')
  expect(await focused(page)).toContain('singled out')
  // All of them are one stop on the way through the page.
  await page.keyboard.press('Shift+Tab')
  expect(await page.locator('.class-chip:focus').count()).toBe(0)
})

it('two stages fit on a phone side by side, four in two rows', async () => {
  const { page } = await open({ hash: '#lab=fig-6', width: 390, height: 844 })
  const stages = page.locator('.stage-host')
  const boxes = async () => Promise.all((await stages.all()).map(boxOf))
  const fits = async (count: number, least: number): Promise<boolean> => {
    const all = await boxes()
    const legend = await boxOf(page.locator('.class-legend'))
    return (
      all.length === count &&
      all.every(({ right, bottom, width, height }) => {
        return right <= 390 && bottom <= legend.y + 1 && Math.min(width, height) >= least
      })
    )
  }
  await until(() => fits(2, 180), 'two stages')
  await page.getByRole('button', { name: 'add a run' }).click()
  await page.getByRole('button', { name: 'add a run' }).click()
  await until(() => fits(4, 130), 'four stages')
  expect(new Set((await boxes()).map(({ x }) => x)).size).toBe(2)
})

it('pictures sorted by length fill the width, and keys choose one', async () => {
  const { page, complaints } = await open({ hash: '#lab=fig-10' })
  const gallery = page.locator('.image-quality-columns')
  await gallery.locator('button').nth(19).waitFor({ timeout: 60_000 })
  const room = await boxOf(page.locator('.image-quality'))
  const columns = gallery.locator('.image-quality-column')
  const first = await boxOf(columns.first())
  const last = await boxOf(columns.last())
  expect([first.x - room.x, room.right - last.right].every((away) => Math.abs(away) < 1.5)).toBe(true)
  expect(last.y).toBe(first.y)
  const norms = (await gallery.locator('.image-quality-norm').allTextContents()).map(Number)
  expect(norms).toEqual([...norms].sort((a, b) => b - a))
  // Knobs stay within the panel, also at the right end.
  const knob = await boxOf(page.locator('.image-quality .slider-thumb').nth(3))
  expect(knob.right).toBeLessThanOrEqual(room.right + 0.5)

  await page.getByRole('button', { name: 'Pause' }).click()
  await gallery.locator('button').first().focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  expect(await page.locator(':focus').getAttribute('aria-pressed')).toBe('true')
  const name = (await focused(page))!.split(',')[0]!
  expect(await page.locator('.image-quality figcaption').textContent()).toBe(name)
  expect(complaints).toEqual([])
})

it('on a phone the settings of a stage with three layers stay on one line, with names', async () => {
  const { page } = await open({ hash: '#lab=fig-1', width: 390, height: 844 })
  await page.getByRole('button', { name: 'triplets', exact: true }).waitFor()
  const add = await boxOf(page.getByRole('button', { name: 'add a run' }))
  const raw = await boxOf(page.getByRole('button', { name: 'raw', exact: true }))
  expect(add.right).toBeLessThanOrEqual(390)
  expect([add.y, add.height]).toEqual([raw.y, raw.height])
})
