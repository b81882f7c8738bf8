import type { Browser } from 'playwright-core'
import { serveStatic } from '../tools/static-server.mjs'
import { launchBrowser, WITHOUT_GPU } from '../tests/browser/launch'
import { presetExperiment } from '../src/engine/preset-experiment'
import { linkTo } from '../src/session/link'
import { momentOf } from '../src/session/moment'
import { spread, table } from './results'

const RUNS = 5
/** How much slower the page's main thread is made for the last columns. */
const SLOW = 4

/** What is measured, by the entries of the page's timeline; of several the first that there is. */
export const ROWS = [
  ['first paint, of the page’s lines', ['first-paint']],
  ['features of the recorded run are drawn', ['first-screen', 'first-features']],
  ['they move', ['first-motion']],
  ['the stage itself is asked to draw them', ['first-features']],
  ['it has drawn them', ['stage-drawn']],
] as const

/** Milliseconds since navigation, by the name of the entry, and RECEIVED. */
export type Times = Readonly<Record<string, number>>

/** Bytes of the files that had come, from the network or the cache, when features were drawn. */
const RECEIVED = 'received'
export const RECEIVED_ROW = 'kB of files that have come when features of the recorded run are drawn'

export const kilobytes = (times: Times): number => times[RECEIVED]! / 1000

/** When the first of the entries came that a visit has; none where it has none of them. */
export function timeOf(names: readonly string[], times: Times): number[] {
  return [times[names.find((name) => name in times) ?? ''] ?? []].flat()
}

/** A page's start with an empty cache, and the second one in the same browser. */
export async function visits(browser: Browser, url: string, slower = 1): Promise<[cold: Times, warm: Times]> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const visit = async (): Promise<Times> => {
    const page = await context.newPage()
    const session = await context.newCDPSession(page)
    await session.send('Emulation.setCPUThrottlingRate', { rate: slower })
    await page.goto(url)
    await page.waitForFunction(() => performance.getEntriesByName('stage-drawn').length > 0)
    const { times, files } = await page.evaluate(() => {
      const entries = ['mark', 'paint'].flatMap((type) => performance.getEntriesByType(type))
      const loads = ['navigation', 'resource'].flatMap(
        (type) => performance.getEntriesByType(type) as PerformanceResourceTiming[],
      )
      return {
        times: Object.fromEntries(entries.map(({ name, startTime }) => [name, startTime])),
        files: loads.map(({ responseEnd, encodedBodySize }) => ({ responseEnd, encodedBodySize })),
      }
    })
    await page.close()
    const drawn = times['first-screen'] ?? times['first-features']!
    const come = files.filter(({ responseEnd }) => responseEnd > 0 && responseEnd <= drawn)
    return { ...times, [RECEIVED]: come.reduce((sum, file) => sum + file.encodedBodySize, 0) }
  }
  const both: [Times, Times] = [await visit(), await visit()]
  await context.close()
  return both
}

/** How long it takes from navigation until there is something to see, and until that moves. */
export async function measureStart(): Promise<string> {
  const site = await serveStatic('dist')
  const browser = await launchBrowser(WITHOUT_GPU)
  const measure = async (url: string, slower: number): Promise<[cold: Times[], warm: Times[]]> => {
    const all: [Times, Times][] = []
    for (let run = 0; run < RUNS; run++) all.push(await visits(browser, url, slower))
    console.log(url.slice(0, 60), slower, JSON.stringify(all))
    return [all.map(([cold]) => cold), all.map(([, warm]) => warm)]
  }
  try {
    const columns = [...(await measure(site.url, 1)), ...(await measure(site.url, SLOW))]
    const live = await measure(linkTo(momentOf(presetExperiment('arcface', 2)), site.url), 1)
    const row = (what: string, names: readonly string[], all: readonly Times[][]): string[] => [
      what,
      ...all.map((visits) => {
        const times = visits.flatMap((entries) => timeOf(names, entries))
        // The stage may be faster than the first screen, which is left out then.
        return times.length < visits.length ? 'not always' : spread(times, (value) => value.toFixed(0))
      }),
    ]
    const received = columns.map((visits) => spread(visits.map(kilobytes), (value) => value.toFixed(0)))
    return table(
      [
        'ms from navigation, local server',
        'empty cache',
        'second visit',
        `${SLOW} × slower, empty`,
        'second',
      ],
      [
        ...ROWS.map(([what, names]) => row(what, names, columns)),
        [RECEIVED_ROW, ...received],
        [
          ...row('features of a live run, from a link', ['first-features'], live),
          'not measured',
          'not measured',
        ],
      ],
    )
  } finally {
    await browser.close()
    await site.close()
  }
}
