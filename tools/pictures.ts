/** Takes the pictures of README and docs/tour.md from the built page, each at the end of its run: npm run pictures */
import { mkdirSync } from 'node:fs'
import { presetExperiment } from '../src/engine/preset-experiment'
import { linkTo } from '../src/session/link'
import { momentOf } from '../src/session/moment'
import { launchBrowser, PLAIN } from '../tests/browser/launch'
import { serveStatic } from './static-server.mjs'

interface Picture {
  readonly file: string
  /** The id of a named loss. */
  readonly loss: string
  readonly dimension: 2 | 3
  readonly theme: 'light' | 'dark'
  readonly width: number
  readonly height: number
}

const WIDE = { width: 1440, height: 900 }
const PHONE = { width: 390, height: 844 }
const PICTURES: readonly Picture[] = [
  { file: 'arcface-2d-light', loss: 'arcface', dimension: 2, theme: 'light', ...WIDE },
  { file: 'a-softmax-3d-dark', loss: 'a-softmax', dimension: 3, theme: 'dark', ...WIDE },
  { file: 'softmax-2d-dark', loss: 'softmax', dimension: 2, theme: 'dark', ...WIDE },
  { file: 'arcface-3d-phone', loss: 'arcface', dimension: 3, theme: 'light', ...PHONE },
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
  await page.goto(linkTo(momentOf(presetExperiment(loss, dimension)), site.url))
  await page.getByRole('button', { name: /WebAssembly|WebGPU/ }).waitFor()
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
