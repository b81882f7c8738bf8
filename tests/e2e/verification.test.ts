import type { Locator, Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { open, pause, readout, stepReaches, until, useSite } from './page'

useSite()

/** What the figure says in its own words: the errors of the threshold, and the numbers beside the curve. */
async function said(figure: Locator) {
  const text = (await figure.textContent())!
  const number = (pattern: RegExp): number => Number(pattern.exec(text)?.[1]?.replaceAll(',', ''))
  return {
    accuracy: number(/accuracy ([\d.]+) ±/),
    equalErrors: number(/equal errors ([\d.]+)/),
    /** Negative powers of 10, and the true accepts at that rate of false ones. */
    rates: [...text.matchAll(/at 10−(\d): ([\d.]+) %/g)].map((found) => [Number(found[1]), Number(found[2])]),
    rejected: number(/([\d,]+) (?:of [\d,]+ )?same/),
    accepted: number(/([\d,]+) (?:of [\d,]+ )?different/),
  }
}

/** Drags the grip of the threshold to a share of the figure's width, once it rests where it is. */
async function dragThreshold(page: Page, figure: Locator, share: number): Promise<void> {
  const place = () => figure.locator('rect[rx="2"]').boundingBox()
  let grip = (await place())!
  // The figure follows the last drag some frames later.
  await until(async () => {
    const before = grip.x
    await page.waitForTimeout(300)
    grip = (await place())!
    return grip.x === before
  }, 'the threshold rests')
  const { x, width } = (await figure.boundingBox())!
  const y = grip.y + grip.height / 2
  await page.mouse.move(grip.x + grip.width / 2, y)
  await page.mouse.down()
  await page.mouse.move(x + share * width, y, { steps: 2 })
  await page.mouse.up()
}

/** Numbers of a feature as its bars show them: in units of the longest. */
async function bars(feature: Locator): Promise<number[]> {
  const path = (await feature.locator('path.bars').getAttribute('d'))!
  return [...path.matchAll(/V(-?[\d.]+)/g)].map(([, height]) => -Number(height))
}

function cosine(a: readonly number[], b: readonly number[]): number {
  const dot = (u: readonly number[], v: readonly number[]): number =>
    u.reduce((sum, value, k) => sum + value * v[k]!, 0)
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))
}

/** How many colours there are in a picture. */
const colours = (canvas: Locator): Promise<number> =>
  canvas.evaluate((element: HTMLCanvasElement) => {
    const { data } = element.getContext('2d')!.getImageData(0, 0, element.width, element.height)
    return new Set(new Uint32Array(data.buffer)).size
  })

it('verifies characters that are not trained on, by a threshold that can be moved, and shows how', async () => {
  const { page, complaints } = await open({ hash: '#lab=table-1' })
  // Live, in place of the recorded run that the lab begins with: that is far ahead, so that steps tell them apart.
  await page.getByRole('slider', { name: 'Place in the recorded run' }).press('End')
  await until(async () => (await readout(page, 'step')) > 2000, 'the end of the recorded run')
  await page.getByRole('button', { name: 'ArcFace, from the start' }).click()
  await until(async () => (await readout(page, 'step')) < 2000, 'a new run')
  const panel = page.locator('[data-panel="verification"]')
  await stepReaches(page, 20)
  await pause(page)
  await panel.getByRole('button', { name: 'Enlarge Verification' }).click()
  const dialog = page.getByRole('dialog')
  const steps = dialog.getByRole('region', { name: 'From training to an answer' })

  // Training by classes.
  const step = async () => (await readout(page, 'step')).toLocaleString('en')
  await until(
    async () => (await steps.textContent())!.includes(`step ${await step()},`),
    'a look at the unseen characters with the weights that the run stands at',
  )
  expect(await colours(steps.getByRole('img', { name: '166 class vectors of 32 numbers' }))).toBeGreaterThan(
    100,
  )

  // Ten folds, equal errors, and the rates of the paper's kind of table.
  const figure = dialog.locator('svg.panel-svg')
  const first = await said(figure)
  expect(first.accuracy).toBeGreaterThan(50)
  expect(first.accuracy).toBeLessThanOrEqual(100)
  expect(first.equalErrors).toBeGreaterThan(0)
  expect(first.equalErrors).toBeLessThan(50)
  expect(first.rates.map(([power]) => power)).toEqual([2, 3])
  expect(first.rates[0]![1]).toBeGreaterThan(first.rates[1]![1]!)

  // A higher threshold rejects more of the same and accepts fewer different ones; a lower one the other way round.
  await dragThreshold(page, figure, 0.5)
  await until(async () => (await said(figure)).rejected > first.rejected, 'more rejects')
  expect((await said(figure)).accepted).toBeLessThan(first.accepted)
  await dragThreshold(page, figure, 0.01)
  await until(async () => (await said(figure)).rejected === 0, 'no rejects')
  const low = await said(figure)
  expect(low.accepted).toBeGreaterThan(first.accepted)
  expect(low.accuracy).toBe(first.accuracy)
  // It is one threshold, in the small figure too.
  const small = panel.locator('svg.panel-svg')
  await until(async () => (await said(small)).rejected === 0, 'no rejects in the small figure')
  await steps.getByRole('button', { name: 'Threshold of the folds' }).click()

  // Two pictures, their features and the cosine between these.
  const features = steps.locator('.pipeline-feature')
  const shown = async () => ({
    a: await bars(features.nth(0)),
    b: await bars(features.nth(1)),
    cosine: Number((await steps.locator('.pipeline-number').first().textContent())!.replace('−', '-')),
    answer: await steps.locator('.pipeline-number').last().textContent(),
  })
  const pair = await shown()
  expect(pair.a).toHaveLength(32)
  expect(pair.cosine).toBeCloseTo(cosine(pair.a, pair.b), 2)
  await steps.getByRole('button', { name: 'Next pair' }).click()
  await until(async () => (await shown()).cosine !== pair.cosine, 'another pair')
  await steps.getByRole('radio', { name: 'Hardest different' }).check()
  const hardest = await shown()
  expect(hardest.cosine).toBeCloseTo(cosine(hardest.a, hardest.b), 2)
  for (const k of [0, 1]) {
    expect(await colours(steps.locator('canvas.pipeline-picture').nth(k))).toBeGreaterThan(3)
  }

  // The answer is what the threshold makes of it.
  expect(hardest.answer).toBe('same')
  await steps.getByText('✗ wrong').waitFor()
  await steps.getByRole('slider', { name: /^Threshold/ }).press('End')
  await steps.getByText('Your threshold').waitFor()
  await steps.getByText('✓ right').waitFor()
  expect((await shown()).answer).toBe('different')
  expect(complaints).toEqual([])
})
