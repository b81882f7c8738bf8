import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { tableFile } from '../table-sample'
import { measured, open, play, readout, site, stepReaches, until, useSite } from './page'

useSite()

function serveTable(text: string): void {
  site.intercept = (path, response) => {
    if (path !== 'table.json') return false
    response.writeHead(200, { 'content-type': 'application/json' }).end(text)
    return true
  }
}

const names = (page: Page): Promise<string[]> => page.locator('.table-choice').allTextContents()
const compare = (page: Page): Promise<void> => page.getByRole('button', { name: 'Compare' }).click()

describe('the table of losses', () => {
  it('sorts, and takes the loss whose row is pressed, in its dimension', async () => {
    serveTable(JSON.stringify(tableFile()))
    const { page, complaints } = await open()
    await measured(page)
    await play(page)
    await stepReaches(page, 3)
    await compare(page)
    const accuracy = page.getByRole('columnheader', { name: 'test accuracy' })
    await accuracy.waitFor()
    expect(await accuracy.getAttribute('aria-sort')).toBe('descending')
    expect(await names(page)).toEqual(['ArcFace', 'Softmax'])
    expect(await page.locator('.table-picture').count()).toBe(2)
    await accuracy.getByRole('button').click()
    expect(await accuracy.getAttribute('aria-sort')).toBe('ascending')
    expect(await names(page)).toEqual(['Softmax', 'ArcFace'])
    await page.getByRole('button', { name: '3-D' }).click()
    await page.getByText('98.5 %').waitFor()
    await page.getByRole('cell', { name: '99.0 %' }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.getByText('Softmax', { exact: true }).first().waitFor()
    await until(async () => (await readout(page, 'step')) === 0, 'the new run')
    expect(complaints).toEqual([])
  })

  it.each([
    ['light', 1440, 900],
    ['dark', 390, 844],
  ] as const)('has no accessibility violations: %s, %d × %d', async (theme, width, height) => {
    serveTable(JSON.stringify(tableFile()))
    const { page } = await open({ theme, width, height })
    await compare(page)
    await page.locator('.table-choice').first().waitFor()
    const { violations } = await new AxeBuilder({ page }).include('[role="dialog"]').analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
    // The names take the keyboard.
    await page.locator('.table-choice', { hasText: 'Softmax' }).press('Enter')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  })

  it('says in a sentence that it is damaged', async () => {
    serveTable('{"version":1}')
    const { page } = await open()
    await compare(page)
    await page
      .getByRole('alert')
      .getByText(/can’t be compared: the table is damaged at \w+/)
      .waitFor()
  })
})
