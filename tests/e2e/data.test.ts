import { expect, it } from 'vitest'
import { measured, open, play, site, stepReaches, until, useSite } from './page'

useSite()

it('a data set is loaded when it is chosen; where that fails another can be, and any of its classes', async () => {
  site.intercept = (path, response) => {
    if (path !== 'data/fashion-mnist.bin') return false
    response.writeHead(404).end()
    return true
  }
  const { page, requests } = await open()
  await measured(page)
  const choose = async (name: string): Promise<void> => {
    await page.getByRole('combobox', { name: 'data set' }).click()
    await page.getByRole('option', { name }).click()
  }
  const legend = page.locator('.class-legend .class-chip')
  expect(requests.filter((url) => url.includes('/data/')).map((url) => url.split('/').pop())).toEqual([
    'mnist.bin',
  ])

  await choose('Fashion-MNIST')
  await page
    .getByRole('alert')
    .getByText(/Fashion-MNIST could not be loaded/)
    .waitFor()
  await choose('Toy: clusters')
  await legend.getByText('E').waitFor()
  expect(await legend.allTextContents()).toEqual(['A', 'B', 'C', 'D', 'E'])
  await page.getByText('Source: Drawn in this page').waitFor()

  await page.getByText('5 classes', { exact: true }).click()
  await page.getByRole('group', { name: 'trained on' }).getByRole('button', { name: 'class B' }).click()
  await page.getByText('4 classes', { exact: true }).waitFor()
  await until(async () => (await legend.allTextContents()).join('') === 'ACDE', 'the run without class B')
  await page.getByRole('button', { name: 'exponential' }).click()
  await page.getByText('200 in the largest class, 2 in the smallest').waitFor()
  await play(page)
  await stepReaches(page, 3)
})
