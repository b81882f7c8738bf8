import { TestPage } from '../tests/browser/browser'
import { launchBrowser, WITHOUT_GPU } from '../tests/browser/launch'
import { presetExperiment } from '../src/engine/preset-experiment'
import { linkTo } from '../src/session/link'
import { momentOf } from '../src/session/moment'
import { serveStatic } from '../tools/static-server.mjs'
import type * as Beside from './page/beside'
import { spread, table } from './results'

const COUNTS = [1, 2, 3, 4] as const
const REPEATS = 3
const STAGES = ['arcface', 'cosface', 'normface', 'a-softmax'] as const
const WATCH_SECONDS = 15

/**
 * How fast runs side by side train together, each in a worker of its own or all in one, as multiples of one run
 * alone.
 */
export async function measureWorkers(): Promise<string> {
  const page = await TestPage.open()
  try {
    const { stepsPerSecond } = page.module<typeof Beside>('bench/page/beside')
    const own = new Map<number, number[]>(COUNTS.map((count) => [count, []]))
    const shared = new Map<number, number[]>(COUNTS.map((count) => [count, []]))
    const uneven = new Map<number, number[]>(COUNTS.map((count) => [count, []]))
    // One after another within each repetition, so that what else the machine does falls on all alike.
    for (let repeat = 0; repeat < REPEATS; repeat++) {
      const [alone] = await stepsPerSecond('wasm', 1, 1)
      for (const count of COUNTS) {
        const apart = count === 1 ? [alone!] : await stepsPerSecond('wasm', count, count)
        const together = count === 1 ? [alone!] : await stepsPerSecond('wasm', count, 1)
        own.get(count)!.push(sum(apart) / alone!)
        shared.get(count)!.push(sum(together) / alone!)
        uneven.get(count)!.push(Math.max(...apart) / Math.min(...apart))
        console.log(count, apart, together)
      }
    }
    const times = (value: number): string => value.toFixed(2)
    return table(
      ['runs', 'steps in all, a worker each', 'all in one worker', 'fastest over slowest, a worker each'],
      COUNTS.map((count) => [
        String(count),
        spread(own.get(count)!, times),
        spread(shared.get(count)!, times),
        spread(uneven.get(count)!, times),
      ]),
    )
  } finally {
    await page.close()
  }
}

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0)

/** How smooth the page is while runs train side by side. */
export async function measureStages(): Promise<string> {
  const site = await serveStatic('dist')
  const browser = await launchBrowser(WITHOUT_GPU)
  try {
    const rows: string[][] = []
    for (const count of COUNTS) {
      const experiments = STAGES.slice(0, count).map((preset) => presetExperiment(preset, 2))
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
      await page.goto(linkTo(momentOf(...experiments), site.url))
      await page.getByRole('button', { name: /WebAssembly|WebGPU/ }).waitFor()
      await page.getByRole('button', { name: 'Play' }).click()
      await page.waitForFunction(() => Number(document.querySelector('.readouts dd')?.textContent) > 20)
      const { frames, long, longest } = await page.evaluate(async (seconds) => {
        let frames = 0
        let long = 0
        let longest = 0
        let counting = true
        const tasks = new PerformanceObserver((list) => {
          for (const { duration } of list.getEntries()) {
            long++
            longest = Math.max(longest, duration)
          }
        })
        tasks.observe({ type: 'longtask' })
        const step = (): void => {
          frames++
          if (counting) requestAnimationFrame(step)
        }
        requestAnimationFrame(step)
        await new Promise((resolve) => setTimeout(resolve, 1000 * seconds))
        counting = false
        tasks.disconnect()
        return { frames, long, longest }
      }, WATCH_SECONDS)
      rows.push([
        String(count),
        (frames / WATCH_SECONDS).toFixed(0),
        String(long),
        `${longest.toFixed(0)} ms`,
      ])
      console.log(rows[rows.length - 1]!.join('   '))
      await page.close()
    }
    return table(
      [
        'stages',
        'animation frames a second',
        `main-thread tasks over 50 ms in ${WATCH_SECONDS} s`,
        'the longest',
      ],
      rows,
    )
  } finally {
    await browser.close()
    await site.close()
  }
}
