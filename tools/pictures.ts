/** Takes the pictures of the README from the built page, each at the end of its run: npm run pictures */
import { mkdirSync } from 'node:fs'
import { launchBrowser, PLAIN } from '../tests/browser/launch'
import { serveStatic } from './static-server.mjs'

interface Picture {
  readonly file: string
  /** A pattern that its name begins with. */
  readonly loss: string
  readonly dimension: 2 | 3
  readonly theme: 'light' | 'dark'
  readonly width: number
  readonly height: number
}

const WIDE = { width: 1440, height: 900 }
const PHONE = { width: 390, height: 844 }
const PICTURES: readonly Picture[] = [
  { file: 'arcface-2d-light', loss: 'ArcFace', dimension: 2, theme: 'light', ...WIDE },
  { file: 'a-softmax-3d-dark', loss: 'A-Softmax', dimension: 3, theme: 'dark', ...WIDE },
  { file: 'softmax-2d-dark', loss: 'Softmax(?! without)', dimension: 2, theme: 'dark', ...WIDE },
  { file: 'arcface-3d-phone', loss: 'ArcFace', dimension: 3, theme: 'light', ...PHONE },
]
/** A run takes half a minute where nothing else runs. */
const LONGEST_MS = 300_000

mkdirSync('docs', { recursive: true })
const site = await serveStatic('dist')
const browser = await launchBrowser(PLAIN)
for (const { file, loss, dimension, theme, width, height } of PICTURES) {
  const page = await browser.newPage({
    viewport: { width, height },
    colorScheme: theme,
    // The globe turns while it waits: the picture is of how it starts.
    reducedMotion: 'reduce',
  })
  const tab = async (name: string): Promise<void> => {
    if (width < 900) await page.getByRole('tab', { name, exact: true }).click()
  }
  await page.goto(site.url)
  await page.getByRole('button', { name: /WebAssembly|WebGPU/ }).waitFor()
  await tab('Setup')
  const dimensions = page.getByRole('group', { name: /^number of features/ })
  await dimensions.getByRole('button', { name: String(dimension), exact: true }).click()
  await tab('Loss')
  await page.getByRole('combobox', { name: /^Named loss/ }).click()
  await page
    .getByRole('option', { name: new RegExp(`^${loss}`) })
    .first()
    .click()
  await page.getByRole('button', { name: 'Play' }).click()
  await page.getByRole('button', { name: 'Play on' }).waitFor({ timeout: LONGEST_MS })
  // The last points glide to their places, and the drawing is refined at rest.
  await page.waitForTimeout(3000)
  await page.screenshot({ path: `docs/${file}.png` })
  console.log(`docs/${file}.png`)
  await page.close()
}
await browser.close()
await site.close()
