import { expect, it } from 'vitest'
import { labById } from '../../src/labs/registry'
import { open, readout, stepReaches, until, useSite } from './page'

useSite()

it('a lab opens from its link and plays; its steps set what they say, and its numbers are those of its text', async () => {
  const { page, complaints } = await open({ hash: '#lab=fig-7' })
  await page.getByRole('heading', { name: 'Weight norms without normalization' }).waitFor()
  const norms = page.locator('[data-panel="weight-norm"]')
  const columns = await page
    .locator('.panel[data-panel]')
    .evaluateAll((all) => all.map((e) => e.dataset.panel))
  expect(columns).toEqual(['weight-norm', 'recall', 'bias'])
  await stepReaches(page, 1)
  await page.getByRole('slider', { name: 'Place in the recorded run' }).press('End')
  // Longer vectors for larger classes: what the paper's figure shows, by as much as the text says.
  const { see } = labById('fig-7')!
  const told = /ends at ([\d.]+) with this seed/.exec(see)![1]!
  await until(async () => (await norms.locator('svg').textContent())!.includes(`r = ${told}`), `r = ${told}`)
  expect(await norms.locator('svg').textContent()).toContain('600')
  await page
    .locator('[data-panel="recall"]')
    .getByText(/^tail [\d.]+ %, at 99 % precision/)
    .waitFor()

  await page.getByRole('button', { name: 'ratio 1:1, from the start' }).click()
  await until(async () => (await readout(page, 'step')) < 60, 'the new run')
  await page.getByText('Weight norms without normalization').waitFor()

  await page.getByRole('button', { name: 'Paper' }).click()
  await page.getByRole('menuitem', { name: /Fig\. 8/ }).click()
  await page.getByRole('heading', { name: 'Weight norms with normalization' }).waitFor()
  expect(new URL(page.url()).hash).toBe('#lab=fig-8')
  await until(async () => (await norms.locator('svg').textContent())!.includes('=1 for all'), 'norms of 1')

  await page.getByRole('button', { name: 'Close' }).click()
  await page.locator('[data-panel="angles"]').waitFor()
  expect(page.url()).not.toContain('#')
  expect(complaints).toEqual([])
})

it('in the lab about quality, blur shortens the feature of a picture', async () => {
  const { page, complaints } = await open({ hash: '#lab=fig-10' })
  await page.getByRole('heading', { name: 'The norm knows the quality' }).waitFor()
  await page.getByRole('slider', { name: 'Place in the recorded run' }).press('End')
  const figure = page.locator('[data-panel="image-quality"] svg').first()
  const norms = async (): Promise<{ now: number; undamaged: number }> => {
    const text = (await figure.textContent())!
    const value = (name: string): number => Number(new RegExp(`${name} ([\\d.]+)`).exec(text)?.[1])
    return { now: value('now'), undamaged: value('undamaged') }
  }
  await page.getByRole('slider', { name: 'blur' }).press('End')
  await until(async () => {
    const { now, undamaged } = await norms()
    return now < 0.7 * undamaged
  }, 'a shorter feature')
  expect(complaints).toEqual([])
})

it('an unknown lab is said, and the page starts as usual', async () => {
  const { page } = await open({ hash: '#lab=fig-99' })
  await page.getByText('There is no lab "fig-99".').waitFor()
  await page.getByText('Loss Geometry Lab').first().waitFor()
})
