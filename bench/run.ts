/**
 * Measures speed in a real Chromium and writes it into bench/RESULTS.md: npm run bench, or a part of it alone:
 * npm run bench -- speed|plain|start|workers|stages
 * npm run bench -- against DIST [--pairs N] prints how the page starts beside another build of it, and writes nothing.
 * Build first (`npm run bench` does): the page is measured as it is served.
 */
import { cpus } from 'node:os'
import { version_core as version } from '@tensorflow/tfjs'
import type { Browser } from 'playwright-core'
import { main, readFlags, wholeNumber } from '../cli/arguments'
import { serveStatic } from '../tools/static-server.mjs'
import { TestPage } from '../tests/browser/browser'
import { launchBrowser, WITHOUT_GPU } from '../tests/browser/launch'
import type * as Training from '../tests/browser/page/training'
import type { Task } from '../tests/browser/page/tasks'
import { spread, table, writeBlock } from './results'
import { measureAgainst } from './against'
import { measureStages, measureWorkers } from './beside'
import { measurePlain } from './plain'
import { measureStart } from './start'
import { presetExperiment } from '../src/engine/preset-experiment'
import { linkTo } from '../src/session/link'
import { momentOf } from '../src/session/moment'
import type * as Steps from './page/steps'

const NETWORKS = ['mlp', 'compact', 'lenet-plus-plus'] as const
/** Steps a run and runs, by network: enough for a steady median, few enough to wait for. */
const WASM_RUNS: Record<(typeof NETWORKS)[number], [steps: number, runs: number]> = {
  mlp: [200, 9],
  compact: [60, 9],
  'lenet-plus-plus': [2, 5],
}
const TRAINING_SECONDS = 30

const taskOf = (network: string): Task => ({
  experiment: { network: { kind: network } },
  preset: 'arcface',
  data: { digits: 2048 },
})
const fixed = (digits: number) => (value: number) => value.toFixed(digits)

async function measureSteps(): Promise<string> {
  const page = await TestPage.open()
  try {
    const steps = page.module<typeof Steps>('bench/page/steps')
    const training = page.module<typeof Training>('tests/browser/page/training')
    const rows: string[][] = []
    for (const network of NETWORKS) {
      const task = taskOf(network)
      const wasm = await steps.stepTimes('wasm', task, ...WASM_RUNS[network])
      const cpu = network === 'lenet-plus-plus' ? null : await steps.stepTimes('cpu', task, 1, 3)
      const gpu = network === 'lenet-plus-plus' ? null : await steps.stepTimes('webgpu', task, 1, 3)
      const { dispatches } = await training.callsPerStep(task)
      rows.push([
        network,
        spread(wasm, fixed(2)),
        cpu ? spread(cpu, fixed(0)) : 'not measured',
        gpu ? spread(gpu, fixed(0)) : 'not measured',
        String(dispatches),
      ])
      console.log(rows[rows.length - 1]!.join('   '))
    }
    return table(
      ['network', 'ms per step, wasm', 'cpu', 'webgpu (SwiftShader)', 'dispatches per WebGPU step'],
      rows,
    )
  } finally {
    await page.close()
  }
}

interface MainTask {
  /** Milliseconds from its start to its end, and of the processor. */
  readonly wall: number
  readonly cpu: number
}

/** Tasks of the main thread over 50 ms, and frames a second, while 2,000 points train. */
async function trainingTasks(
  browser: Browser,
  url: string,
): Promise<{ long: MainTask[]; framesPerSecond: number; steps: number }> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await page.goto(url)
  await page.getByRole('button', { name: /WebAssembly|WebGPU/ }).waitFor()
  await browser.startTracing(page, { categories: ['toplevel'] })
  await page.getByRole('button', { name: 'Play' }).click()
  const frames = await page.evaluate(async (seconds) => {
    let frames = 0
    let counting = true
    const count = (): void => {
      frames++
      if (counting) requestAnimationFrame(count)
    }
    requestAnimationFrame(count)
    await new Promise((resolve) => setTimeout(resolve, 1000 * seconds))
    counting = false
    return frames
  }, TRAINING_SECONDS)
  const long = mainThreadTasks((await browser.stopTracing()).toString()).filter(({ wall }) => wall > 50)
  const step = await page.locator('.readouts dd').first().textContent()
  await page.close()
  return { long, framesPerSecond: frames / TRAINING_SECONDS, steps: Number(step) }
}

/** The tasks of the pages' main threads in a trace of Chromium. */
function mainThreadTasks(trace: string): MainTask[] {
  const { traceEvents } = JSON.parse(trace) as { traceEvents: TraceEvent[] }
  const threadOf = ({ pid, tid }: TraceEvent): string => `${pid} ${tid}`
  const main = new Set(traceEvents.filter((e) => e.args?.name === 'CrRendererMain').map(threadOf))
  return traceEvents
    .filter((e) => e.ph === 'X' && e.name.endsWith('RunTask') && main.has(threadOf(e)))
    .map(({ dur = 0, tdur = 0 }) => ({ wall: dur / 1000, cpu: tdur / 1000 }))
}

/** As far as it is used here; times in microseconds. */
interface TraceEvent {
  readonly name: string
  readonly ph: string
  readonly pid: number
  readonly tid: number
  readonly dur?: number
  /** Of the processor. */
  readonly tdur?: number
  readonly args?: { readonly name?: string }
}

async function measurePage(): Promise<string> {
  const site = await serveStatic('dist')
  const browser = await launchBrowser(WITHOUT_GPU)
  try {
    const live = linkTo(momentOf(presetExperiment('arcface', 2)), site.url)
    const { long, framesPerSecond, steps } = await trainingTasks(browser, live)
    console.log('long tasks', long, framesPerSecond)
    return [
      table(
        ['what', 'measured'],
        [
          [
            `main-thread tasks over 50 ms in ${TRAINING_SECONDS} s of training, 2,000 points`,
            String(long.length),
          ],
          ['the longest of them', longest(long.map(({ wall }) => wall))],
          ['the most processor time that one of them took', longest(long.map(({ cpu }) => cpu))],
          ['animation frames a second meanwhile (WebGL in software)', framesPerSecond.toFixed(0)],
          ['training steps a second meanwhile', (steps / TRAINING_SECONDS).toFixed(0)],
        ],
      ),
    ].join('\n')
  } finally {
    await browser.close()
    await site.close()
  }
}

function longest(times: readonly number[]): string {
  return times.length === 0 ? 'none' : `${Math.max(...times).toFixed(0)} ms`
}

const machine =
  `${cpus().length} cores (${cpus()[0]!.model.trim()}), no GPU: ` +
  'WebGPU and WebGL by SwiftShader, pages drawn by the processor'

/** The parts, each a block of RESULTS.md. */
const PARTS: Readonly<Record<string, () => Promise<string>>> = {
  speed: async () => {
    const steps = await measureSteps()
    const page = await measurePage()
    return (
      `\`npm run bench\`, Chromium on ${machine}. ` +
      `Median [least–most]; ArcFace, Adam, batch 64.\n\n${steps}\n\n${page}`
    )
  },
  plain: async () =>
    `\`npm run bench -- plain\`, Chromium on ${machine}. ` +
    `The same network written with TensorFlow.js ${version} alone (its layers, softmax, Adam, batch 64). ` +
    `Median [least–most] of pairs.\n\n${await measurePlain()}`,
  start: async () =>
    `\`npm run bench -- start\`, Chromium on ${machine}. ` +
    `Median [least–most] of the start of the page.\n\n${await measureStart()}`,
  workers: async () =>
    `\`npm run bench -- workers\`, Chromium on ${machine}. Runs side by side: Compact, ArcFace, ` +
    `batch 64, wasm; as multiples of one run alone, median [least–most].\n\n${await measureWorkers()}`,
  stages: async () =>
    `\`npm run bench -- stages\`, Chromium on ${machine}. ` +
    `Runs side by side that train, 2,000 points each, wasm.\n\n${await measureStages()}`,
}

const [only, ...others] = process.argv.slice(2)
if (only === 'against') {
  await main(async () => {
    const [dist = '', ...flags] = others
    const { pairs = '10' } = readFlags({ pairs: { type: 'string' } }, flags)
    console.log(await measureAgainst(dist, wholeNumber('pairs', pairs, 1)))
  })
  process.exit()
}
if (only !== undefined && !Object.hasOwn(PARTS, only)) {
  console.error(`There is no part "${only}", only ${Object.keys(PARTS).join(', ')}, and against.`)
  process.exit(2)
}
for (const [name, measure] of Object.entries(PARTS)) {
  if (only === undefined || only === name) writeBlock('bench/RESULTS.md', name, await measure())
}
