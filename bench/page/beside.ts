import { proxy, wrap, type Remote } from 'comlink'
import type { BackendName } from '../../src/engine/backends'
import type { Engine } from '../../src/engine/engine'
import type { EngineEvents } from '../../src/engine/events'
import { presetExperiment } from '../../src/engine/preset-experiment'
import type { StartEngine } from '../../src/engine/worker'

/** Until all runs are on their way, and how long they are watched then, in milliseconds. */
const WARM_UP_MS = 4000
const WATCH_MS = 8000

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

interface Run {
  step: number
  readonly engine: Remote<Engine>
}

/**
 * Training steps a second of each of `runs` runs that train at the same time, as many in each of `workers` workers;
 * the page takes a frame of each at every animation frame, as it does for its stages.
 */
export async function stepsPerSecond(backend: BackendName, runs: number, workers: number): Promise<number[]> {
  const threads = Array.from(
    { length: workers },
    () => new Worker(new URL('../../src/engine/worker.ts', import.meta.url), { type: 'module' }),
  )
  const starts = threads.map((thread) => wrap<StartEngine>(thread))
  const all = await Promise.all(Array.from({ length: runs }, (_, k) => begin(starts[k % workers]!, backend)))
  for (const { engine } of all) await engine.play()
  await wait(WARM_UP_MS)
  const before = all.map(({ step }) => step)
  const from = performance.now()
  await wait(WATCH_MS)
  const seconds = (performance.now() - from) / 1000
  const speeds = all.map(({ step }, k) => (step - before[k]!) / seconds)
  for (const thread of threads) thread.terminate()
  return speeds
}

async function begin(start: Remote<StartEngine>, backend: BackendName): Promise<Run> {
  let paused: (() => void) | null = null
  const ready = new Promise<void>((resolve) => {
    paused = resolve
  })
  let reached = 0
  const events: EngineEvents = {
    frame: ({ step }) => {
      reached = step
      return new Promise((resolve) => requestAnimationFrame(() => resolve()))
    },
    status: ({ kind }) => {
      if (kind === 'paused') paused!()
    },
    data: () => undefined,
    reached: () => undefined,
    run: () => undefined,
    backend: () => undefined,
    unseen: () => undefined,
    checkpoint: () => undefined,
    notice: () => undefined,
  }
  const engine = (await start(new URL('/', location.href).href, proxy(events))) as Remote<Engine>
  await engine.chooseBackend(backend)
  await engine.select({ split: 'test', count: 2000 })
  await engine.open(presetExperiment('arcface', 2), null)
  await ready
  return {
    engine,
    get step() {
      return reached
    },
  }
}
