import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { parseExperiment } from '../../src/engine/config'
import { presetExperiment } from '../../src/engine/preset-experiment'
import { Random } from '../../src/geometry/random'
import type { SourceFile } from '../../src/io/import/errors'
import { fingerprint } from '../../src/io/import/fingerprint'
import { linkTo } from '../../src/session/link'
import { momentOf } from '../../src/session/moment'
import { file, idx, npy } from '../unit/foreign-files'
import { measured, open, play, stepReaches, until, useSite } from './page'

useSite()

/** Drops files in the middle of the page, as a file manager does. */
async function drop(page: Page, ...files: readonly SourceFile[]): Promise<void> {
  const dataTransfer = await page.evaluateHandle(
    (contents) => {
      const transfer = new DataTransfer()
      for (const { name, bytes } of contents) transfer.items.add(new File([Uint8Array.from(bytes)], name))
      return transfer
    },
    files.map(({ name, bytes }) => ({ name, bytes: [...bytes] })),
  )
  await page.locator('body').dispatchEvent('dragover', { dataTransfer })
  await page.getByText('Drop images or embeddings here').waitFor()
  await page.locator('body').dispatchEvent('drop', { dataTransfer })
}

const legend = async (page: Page): Promise<string> =>
  (await page.locator('.class-legend .class-chip').allTextContents()).join('')

/** 300 images of three classes: a bar at the left, in the middle, at the right. */
function bars(): SourceFile[] {
  const labels = Array.from({ length: 300 }, (_, i) => i % 3)
  const pixels = labels.flatMap((label) =>
    Array.from({ length: 784 }, (_, k) => (Math.floor((k % 28) / 10) === label ? 200 : 0)),
  )
  return [idx('bars-images.idx', [300, 28, 28], pixels), idx('bars-labels.idx', [300], labels)]
}

/** 400 embeddings in eight dimensions, around four axes. */
function clouds(): SourceFile[] {
  const random = new Random(1, 'clouds')
  const labels = Int32Array.from({ length: 400 }, (_, i) => i % 4)
  const values = Float32Array.from({ length: 3200 }, (_, k) => {
    const own = k % 8 === labels[Math.floor(k / 8)]
    return (own ? 5 : 0) + 0.5 * random.normal()
  })
  return [npy('features.npy', '<f4', [400, 8], values), npy('labels.npy', '<i4', [400], labels)]
}

it('trains on files that are dropped, shows embeddings in place of the run, and goes back', async () => {
  // A small stage, as drawing it without a GPU takes most of the time.
  const { page, complaints } = await open({ width: 1000, height: 600 })
  await measured(page)
  await drop(page, file('broken.npy', '\u0093NUMPY and no more'))
  await page.getByText(/broken\.npy .+: .+\./).waitFor()
  expect(await legend(page)).toBe('0123456789')

  await drop(page, ...bars())
  await until(async () => (await legend(page)) === '012', 'the three classes')
  await page.getByText('your file bars-images.idx, bars-labels.idx, 300 images, 3 classes').waitFor()
  await measured(page)
  await play(page)
  await stepReaches(page, 20)

  await drop(page, ...clouds())
  await page.getByText('400 embeddings of 8 numbers, 4 classes').waitFor()
  expect(await legend(page)).toBe('0123')
  await page.getByText(/400 points; arrows are the means of the classes/).waitFor()
  await page.getByText(/the means of the classes stand for the class vectors; 100\.0 %/).waitFor()
  expect(await page.getByRole('button', { name: 'Play' }).isDisabled()).toBe(true)
  const titles = await page.locator('.panels h2').allTextContents()
  expect(titles).toContain('Angles')
  expect(titles).not.toContain('Training')
  const verification = page.getByRole('region', { name: 'Verification' })
  await verification.getByText(/^at [−\d.]+: \d+ of [\d,]+ same rejected|^rejects \d+ same/).waitFor()
  await verification.getByText('pairs of these embeddings').waitFor()
  // On a phone, too, panels have the words for embeddings.
  await page.setViewportSize({ width: 390, height: 844 })
  await page.getByRole('tab', { name: 'Angles' }).click()
  await page.getByText('of the embeddings to the class vectors').waitFor()
  await page.setViewportSize({ width: 1000, height: 600 })
  await page.getByRole('button', { name: 'Back to the run' }).click()
  // It goes on where it was; so few images are soon through.
  await page.getByRole('button', { name: /^(Pause|Play on)$/ }).waitFor()
  expect(await legend(page)).toBe('012')
  expect(complaints).toEqual([])

  // Elsewhere the link asks for the file, and goes on with it.
  await page.getByRole('button', { name: 'Share' }).click()
  await until(() => Promise.resolve(page.url().includes('#m=')), 'the link')
  const { hash } = new URL(page.url())
  await page.close()
  const { page: elsewhere } = await open({ hash, width: 1000, height: 600 })
  const alert = elsewhere.getByRole('alert')
  await alert.getByText(/made with your own file "bars-images\.idx, bars-labels\.idx"/).waitFor()
  await drop(elsewhere, ...bars().reverse())
  await until(async () => (await legend(elsewhere)) === '012', 'the run of the link')
  await alert.waitFor({ state: 'detached' })
})

it('gives a file to every run side by side, whichever is active, and to one that is added', async () => {
  const files = bars()
  const data = { set: 'own', file: { name: 'bars.idx', hash: fingerprint(files) } }
  const runs = ['softmax', 'arcface'].map((id) => parseExperiment({ ...presetExperiment(id, 2), data }))
  const { page, complaints } = await open({ hash: linkTo(momentOf(...runs), ''), width: 1000, height: 600 })
  const run = (letter: string) => page.getByRole('group', { name: `Run ${letter}` })
  const shows = (letter: string): Promise<void> =>
    run(letter)
      .getByRole('img', { name: /\d+ test images/ })
      .waitFor()
  await run('A').getByRole('alert').getByText('bars.idx').waitFor()
  await drop(page, ...files)
  // B starts when A has a backend, and finds no file: it is read again for it.
  await shows('A')
  await shows('B')
  await page.getByRole('button', { name: 'add a run' }).click()
  await shows('C')
  await shows('A')
  expect(await page.getByRole('alert').count()).toBe(0)
  expect(complaints).toEqual([])
})
