import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { LABS } from '../../src/labs/registry'
import { measured, open, readout, site, stepReaches, until, useSite } from './page'

useSite()

/** What a panel says of its figure to those who do not see it. */
async function spoken(page: Page, panel: string): Promise<string> {
  const figure = page.locator(`[data-panel="${panel}"] [aria-roledescription="figure"]`)
  await figure.blur()
  await figure.focus()
  return (await figure.locator('.visually-hidden').textContent())!
}

/** The rows of a panel that compares runs: their numbers. */
async function compared(page: Page, panel: string): Promise<number[][]> {
  const rows = await page.locator(`[data-panel="${panel}"] .compared tbody tr`).all()
  return Promise.all(
    rows.map(async (row) =>
      (await row.locator('td').allTextContents()).map((text) => Number(/[\d.]+/.exec(text)?.[0])),
    ),
  )
}

/** The numbers that the lab's text has where `pattern` says. */
function told(id: string, pattern: RegExp): number[] {
  const found = pattern.exec(LABS.get(id).see)
  expect(found, `${id} says ${pattern}`).not.toBeNull()
  return found!.slice(1).map(Number)
}

const number = (text: string, pattern: RegExp): number => Number(pattern.exec(text)?.[1])

/** Whether numbers on the page are those of the text, as far as it rounds and as a part of the points tells. */
const near = (seen: number, text: number, by: number): boolean => Math.abs(seen - text) <= by

/** Waits until a panel says what `holds` asks for. */
const panelSays = (
  page: Page,
  panel: string,
  what: string,
  holds: (text: string) => boolean,
): Promise<void> => until(async () => holds(await spoken(page, panel)), `${panel}: ${what}`)

const tailIs = (page: Page, recall: number): Promise<void> =>
  panelSays(page, 'recall', `a tail near ${recall} %`, (text) =>
    near(number(text, /([\d.]+) % in the tail/), recall, 6),
  )
const slopeIs = (page: Page, r: number): Promise<void> =>
  panelSays(page, 'weight-norm', `r near ${r}`, (text) => near(number(text, /r = (\d\.\d+)/), r, 0.015))

/** What labs show at the end of their recorded runs: what their texts say. */
const SHOWN: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  'fig-1': async (page) => {
    const [acting] = told('fig-1', /held-out digits (\d+) with this seed/)
    await page
      .locator('.stage-caption')
      .filter({ hasText: `${acting!} of 16,200 triplets` })
      .waitFor()
  },
  'fig-2': async (page) => {
    await page
      .locator('[data-panel="verification"]')
      .getByText(/accuracy 9\d\.\d/)
      .waitFor({ timeout: 60_000 })
  },
  'fig-3': async (page) => {
    // Two classes are singled out on each of three stages.
    expect(await page.locator('.stage-pane').count()).toBe(3)
    const angles = await compared(page, 'angles')
    // Modified softmax and A-Softmax spread class vectors, a Euclidean margin need not; A-Softmax is the most compact.
    expect(angles[1]![2]).toBeGreaterThan(25)
    expect(angles[2]![2]).toBeGreaterThan(25)
    expect(Math.min(...angles.map(([own]) => own!))).toBe(angles[2]![0])
  },
  'fig-4': (page) => tailIs(page, told('fig-4', /of those with few ([\d.]+) % with this seed/)[0]!),
  'fig-5': async (page) => {
    const [least, most] = told('fig-5', /between −([\d.]+) and ([\d.]+)/)
    await panelSays(page, 'bias', 'their range', (text) => {
      const found = /from −([\d.]+) \(.+\) to ([\d.]+) \(/.exec(text)
      return near(Number(found?.[1]), least!, 0.006) && near(Number(found?.[2]), most!, 0.006)
    })
  },
  'fig-6': async (page) => {
    const [withBias] = told('fig-6', /in A two class vectors end (\d+)° apart/)
    const [without] = told('fig-6', /in B no two are closer than (\d+)°/)
    const angles = await compared(page, 'angles')
    expect([near(angles[0]![2]!, withBias!, 0.6), near(angles[1]![2]!, without!, 0.6)]).toEqual([true, true])
  },
  'fig-7': (page) => slopeIs(page, told('fig-7', /ends at ([\d.]+) with this seed/)[0]!),
  'fig-8': async (page) => {
    await panelSays(page, 'weight-norm', 'norms of 1', (text) => text.includes('all 10 class vectors count'))
    await tailIs(page, told('fig-8', /to (\d+) % in 2-D with this seed/)[0]!)
  },
  'section-3-4': async (page) => {
    const recall = [
      /with few images is (\d+) % with/,
      /(\d+) % with the UP/,
      /(\d+) % with norm/,
      /(\d+) % with LDAM/,
    ]
    const rows = await compared(page, 'recall')
    expect(rows).toHaveLength(4)
    rows.forEach(([, tail], k) =>
      expect(near(tail!, told('section-3-4', recall[k]!)[0]!, 6), `run ${k}: ${tail}`).toBe(true),
    )
  },
  'fig-9': (page) => slopeIs(page, told('fig-9', /48 to 1: \$r=([\d.]+)\$ with this seed/)[0]!),
  'fig-10': async (page) => {
    // The row of pictures begins with a long feature.
    await page
      .locator('[data-panel="image-quality"]')
      .getByRole('slider', { name: 'blur' })
      .waitFor({ timeout: 60_000 })
  },
  'table-1': async (page) => {
    await page
      .locator('[data-panel="verification"]')
      .getByText(/accuracy 9\d\.\d/)
      .waitFor({ timeout: 60_000 })
  },
  equations: async (page) => {
    const numbers = await page.locator('.lab-number').allTextContents()
    expect(numbers.join()).toBe('(1),(2, 3),(4),(5),(6),(7),(8),(9),(10),(11),(12),(13)')
  },
}

describe('each lab', () => {
  it('opens from its link, plays, and shows at its end what its text says', async () => {
    for (const id of Object.keys(SHOWN)) expect(LABS.get(id).recorded, `${id} is recorded`).toBe(true)
    const { page, complaints } = await open({ hash: '#lab=fig-1' })
    for (const { id, title, panels, recorded, beside = [] } of LABS) {
      await page.goto(`${site.url}#lab=${id}`)
      await page.locator('.lab-title').getByText(title, { exact: true }).waitFor()
      const columns = page.locator('.panel[data-panel]')
      // Wide ones stand below the others, wherever they are in the list.
      const shown = await columns.evaluateAll((all) => all.map((e) => e.dataset.panel))
      expect(shown.sort(), id).toEqual([...panels].sort())
      await until(
        async () => (await page.locator('.stage-pane').count()) === beside.length + 1,
        `stages of ${id}`,
      )
      if (!recorded) continue
      await page.getByRole('group', { name: 'Recorded run' }).getByText(title).waitFor()
      // What is read first may be the end of the lab before.
      let least = Infinity
      await until(async () => {
        const step = await readout(page, 'step')
        // There is none before the first frame.
        if (step < least) least = step
        return step > least
      }, `${id} plays`)
      await page.getByRole('slider', { name: 'Place in the recorded run' }).press('End')
      await page.getByRole('button', { name: 'Play on' }).waitFor()
      // Numbers beside one another follow a little later.
      await page.waitForTimeout(500)
      await SHOWN[id]?.(page)
    }
    expect(complaints).toEqual([])
  })

  it('goes on live from its last weights, all runs in step, and m changes all of them', async () => {
    const { page, complaints } = await open({ hash: '#lab=fig-3' })
    await page.getByRole('slider', { name: 'Place in the recorded run' }).press('End')
    await page.getByRole('slider', { name: /^margin of all/ }).press('ArrowLeft')
    await page.getByRole('group', { name: 'Recorded run' }).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: /^Play/ }).click()
    const steps = async (): Promise<number[]> =>
      (await page.locator('.run-progress').allTextContents()).map((text) => number(text, /step (\d+)/))
    await until(async () => (await steps()).every((step) => step > 2500), 'all train on')
    await page.getByRole('button', { name: 'Pause' }).click()
    await page.getByRole('button', { name: /^Play/ }).waitFor()
    await until(async () => new Set(await steps()).size === 1, 'all are at one step')
    // Accuracy is that of networks that have been trained, not of new ones.
    const progress = await page.locator('.run-progress').allTextContents()
    for (const text of progress) expect(number(text, /test ([\d.]+) %/)).toBeGreaterThan(90)
    await page.getByRole('button', { name: /^At step 2500/ }).waitFor()
    expect(complaints).toEqual([])
  })

  it('has steps that begin another run, and is left by its button', async () => {
    const { page, complaints } = await open({ hash: '#lab=fig-7' })
    await page.getByRole('heading', { name: 'Weight norms without normalization' }).waitFor()
    await stepReaches(page, 1)
    await page.getByRole('button', { name: 'ratio 1:1, from the start' }).click()
    await until(async () => (await readout(page, 'step')) < 60, 'the new run')

    await page.getByRole('button', { name: 'Paper' }).click()
    await page.getByRole('menuitem', { name: /Fig\. 8/ }).click()
    await page.getByRole('heading', { name: 'Weight norms with normalization' }).waitFor()
    expect(new URL(page.url()).hash).toBe('#lab=fig-8')

    await page.getByRole('button', { name: 'Close' }).click()
    await page.locator('[data-panel="angles"]').waitFor()
    expect(page.url()).not.toContain('#')
    expect(complaints).toEqual([])
  })
})
it('in the lab about quality, blur shortens the feature of a picture', async () => {
  const { page, complaints } = await open({ hash: '#lab=fig-6' })
  // The engine has the digits already, and does not send their pictures once more.
  await measured(page)
  await page.goto(`${site.url}#lab=fig-10`)
  await page.getByRole('heading', { name: 'The norm knows the quality' }).waitFor()
  await page.getByRole('slider', { name: 'Place in the recorded run' }).press('End')
  const figure = page.locator('[data-panel="image-quality"] svg').first()
  const norms = async (): Promise<{ now: number; clean: number }> => {
    const text = (await figure.textContent())!
    const value = (name: string): number => Number(new RegExp(`${name} ([\\d.]+)`).exec(text)?.[1])
    return { now: value('now'), clean: value('clean') }
  }
  await page.getByRole('slider', { name: 'blur' }).press('End')
  await until(async () => {
    const { now, clean } = await norms()
    return now < 0.7 * clean
  }, 'a shorter feature')
  expect(complaints).toEqual([])
})

it('an unknown lab is said, and the page starts as usual', async () => {
  const { page } = await open({ hash: '#lab=fig-99' })
  await page.getByText('There is no lab "fig-99".').waitFor()
  await page.getByText('Loss Geometry Lab').first().waitFor()
})
