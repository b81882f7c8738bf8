import type { Locator, Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { open, pause, readout, site, stepReaches, until, useSite } from './page'

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

/** Numbers of a feature as its bars show them: in pixels. */
async function bars(path: Locator): Promise<number[]> {
  const d = (await path.getAttribute('d'))!
  return [...d.matchAll(/M\S+ (\S+?)L\S+ ([-\d.]+)/g)].map(([, from, to]) => Number(from) - Number(to))
}

function cosine(a: readonly number[], b: readonly number[]): number {
  const dot = (u: readonly number[], v: readonly number[]): number =>
    u.reduce((sum, value, k) => sum + value * v[k]!, 0)
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))
}

/** What the pipeline says of a pair. */
async function answer(figure: Locator) {
  const text = (await figure.textContent())!
  const found = /(−?\d\.\d{3}) ([≥<]) (−?\d\.\d{3})(same|different)(✓ right|✗ wrong)/.exec(text)
  expect(found, text).not.toBeNull()
  const [, cosine, sign, threshold, said, verdict] = found!
  const number = (value: string): number => Number(value.replace('−', '-'))
  return { cosine: number(cosine!), sign, threshold: number(threshold!), said, verdict }
}

/** Whether the parts of an answer agree with each other, and with what the pair is. */
async function expectConsistent(figure: Locator, same: boolean): Promise<void> {
  const { cosine, sign, threshold, said, verdict } = await answer(figure)
  // What is equal in three digits may be either.
  if (cosine !== threshold) expect(sign).toBe(cosine > threshold ? '≥' : '<')
  expect(said).toBe(sign === '≥' ? 'same' : 'different')
  expect(verdict).toBe((said === 'same') === same ? '✓ right' : '✗ wrong')
}

it('verifies characters that are not trained on, by a threshold that can be moved, and shows how', async () => {
  const { page, complaints } = await open({ hash: '#lab=table-1' })
  // Live, in place of the recorded run that the lab begins with: that is far ahead, so that steps tell them apart.
  await page.getByRole('slider', { name: 'Place in the recorded run' }).press('End')
  await until(async () => (await readout(page, 'step')) > 2000, 'the end of the recorded run')
  await page.getByRole('button', { name: 'ArcFace', exact: true }).click()
  await until(async () => (await readout(page, 'step')) < 2000, 'a new run')
  const panel = page.locator('[data-panel="verification"]')
  await stepReaches(page, 20)
  await pause(page)
  await panel.getByRole('button', { name: 'Enlarge Verification' }).click()
  const dialog = page.getByRole('dialog')
  const steps = dialog.getByRole('region', { name: 'From training to an answer' })

  const pipeline = steps.locator('svg.panel-svg')

  // Training by classes, and a look at others with the same weights.
  const step = async () => (await readout(page, 'step')).toLocaleString('en')
  await until(
    async () => (await pipeline.textContent())!.includes(`never trained onstep ${await step()}`),
    'a look at the unseen characters with the weights that the run stands at',
  )
  expect(await pipeline.textContent()).toContain('nearest of 166')

  // Ten folds, equal errors, and the rates of the paper's kind of table.
  const figure = dialog.locator('svg.panel-svg').first()
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
  await steps.getByRole('button', { name: 'Back to the threshold of 10 folds' }).click()

  // Two pictures, their features and the cosine between these.
  const features = pipeline.locator('path.bars')
  const ofBars = async () => cosine(await bars(features.nth(-2)), await bars(features.nth(-1)))
  expect(await bars(features.nth(-1))).toHaveLength(32)
  const pair = await answer(pipeline)
  expect(Math.abs((await ofBars()) - pair.cosine)).toBeLessThan(0.03)
  await steps.getByRole('button', { name: 'Next pair' }).click()
  await until(async () => (await answer(pipeline)).cosine !== pair.cosine, 'another pair')
  await steps.getByRole('combobox', { name: 'Pair' }).selectOption('hardest different')
  await until(async () => (await pipeline.textContent())!.includes('✗ wrong'), 'a pair that misleads')
  expect(Math.abs((await ofBars()) - (await answer(pipeline)).cosine)).toBeLessThan(0.03)

  // The answer is what the threshold makes of it.
  await expectConsistent(pipeline, false)
  await steps.getByRole('slider', { name: /^Threshold/ }).press('End')
  await until(async () => (await pipeline.textContent())!.includes('your threshold'), 'the highest threshold')
  expect(await answer(pipeline)).toMatchObject({ said: 'different', verdict: '✓ right' })
  expect(complaints).toEqual([])
})

it('figure 2 is a pipeline across the page that moves with the recorded run, and answers with its end', async () => {
  const { page, complaints } = await open({ hash: '#lab=fig-2' })
  // In no frame stands a text in place of a figure over that figure.
  await page.evaluate(() => {
    const covered: string[] = []
    Object.assign(window, { covered })
    new MutationObserver(() => {
      for (const panel of document.querySelectorAll<HTMLElement>('[data-panel]')) {
        const text = panel.querySelector<HTMLElement>('.panel-empty')
        if (text?.offsetParent && panel.querySelector('.panel-svg')!.childElementCount > 0) {
          covered.push(`${panel.dataset.panel}: ${text.textContent}`)
        }
      }
    }).observe(document.body, { subtree: true, childList: true })
  })
  const panel = page.locator('.strip [data-panel="pipeline"]')
  const figure = panel.locator('svg.panel-svg')
  const says = async (text: string | RegExp) => {
    const all = (await figure.textContent()) ?? ''
    return typeof text === 'string' ? all.includes(text) : text.test(all)
  }
  const place = page.getByRole('slider', { name: 'Place in the recorded run' })
  await until(() => says('nearest of 166'), 'a picture on its way to a class')
  await page.getByRole('button', { name: 'Pause' }).click()
  await place.press('Home')
  await until(() => says('step 0 of the recorded run'), 'the start')
  const norms = async () => Number(/feature x∥x∥ *= *([\d.]+)/.exec((await figure.textContent())!)?.[1])
  const atStart = await norms()

  // Of others it knows with the weights of the end, wherever the recording is.
  await until(() => says(/never trained on(with the )?weights of the run’s end/), 'an answer')
  await expectConsistent(figure, true)
  for (const kind of ['different', 'hardest same', 'hardest different', 'same']) {
    const before = await figure.textContent()
    await panel.getByRole('combobox', { name: 'Pair' }).selectOption(kind)
    await until(async () => (await figure.textContent()) !== before, kind)
    await expectConsistent(figure, kind.endsWith('same'))
  }
  await panel.getByRole('slider', { name: /^Threshold/ }).press('End')
  await until(() => says('your threshold'), 'the highest threshold')
  expect((await answer(figure)).said).toBe('different')
  await expectConsistent(figure, true)

  // The training side moves with the recording.
  await place.press('End')
  await until(() => says('step 2,480 of the recorded run'), 'the end')
  expect(await norms()).toBeGreaterThan(atStart)
  expect(await says('the run’s end')).toBe(false)
  const before = await figure.textContent()
  await panel.getByRole('button', { name: 'Next picture' }).click()
  await until(async () => (await figure.textContent()) !== before, 'another picture')
  expect(await page.evaluate(() => (window as unknown as { covered: string[] }).covered)).toEqual([])
  expect(complaints).toEqual([])
})

it('table 1 has the seven losses beside the paper’s numbers, and trains the one whose row is pressed', async () => {
  const { page, complaints } = await open({ hash: '#lab=table-1' })
  const panel = page.locator('.strip [data-panel="table-1"]')
  const rows = panel.locator('tbody tr')
  await until(async () => (await rows.count()) === 7, 'seven rows')
  const cells = await rows.evaluateAll((all) =>
    all.map((row) => [...row.children].map((cell) => cell.textContent)),
  )
  expect(cells.map(([name, , , , , lfw, ytf]) => [name, lfw, ytf])).toEqual([
    ['Softmax', '97.88', '93.1'],
    ['Softmax + contrastive', '98.78', '93.5'],
    ['Softmax + triplet', '98.70*', '93.4'],
    ['Softmax + center', '99.05', '94.4'],
    ['A-Softmax (SphereFace)', '99.42', '95.0'],
    ['CosFace', '–', '–'],
    ['ArcFace', '–', '–'],
  ])
  for (const [, accuracy, equalErrors, atHundredth, atThousandth] of cells) {
    expect(accuracy).toMatch(/^9\d\.\d ± 0\.\d$/)
    expect(Number(equalErrors)).toBeLessThan(5)
    expect(Number(atThousandth)).toBeLessThan(Number(atHundredth))
  }
  const curves = panel.locator('svg.panel-svg')
  await until(async () => (await curves.textContent())!.includes('Softmax + contrastive'), 'the curves')

  const current = panel.locator('tr[aria-current]')
  expect(await current.locator('th').textContent()).toBe('Softmax')
  await until(async () => (await panel.locator('tfoot').count()) === 1, 'the run on the stage in the table')
  expect(await panel.locator('tfoot th').textContent()).toMatch(/^this run, /)
  await rows.getByRole('button', { name: 'CosFace' }).press('Enter')
  await until(async () => (await current.locator('th').textContent()) === 'CosFace', 'the row of CosFace')
  await until(async () => (await readout(page, 'step')) < 1000, 'a new run')
  await stepReaches(page, 5)
  expect(complaints).toEqual([])
})

it('says why there is no table where its file is missing', async () => {
  site.intercept = (path, response) => {
    if (path !== 'verification.json') return false
    response.writeHead(404).end()
    return true
  }
  const { page } = await open({ hash: '#lab=table-1' })
  await page.getByText('The results can’t be shown: the file of results is missing (404).').waitFor()
  site.intercept = () => false
  await page.getByRole('button', { name: 'Try again' }).click()
  await until(async () => (await page.locator('.table-1 tbody tr').count()) === 7, 'the table')
})
