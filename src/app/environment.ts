import { proxy, wrap } from 'comlink'
import type { StartEngine } from '../engine/worker'
import type { Environment } from '../session/environment'
import type { FirstScreen } from '../session/first-screen'
import type { ReadFiles } from '../session/import/worker'
import { loadRecording } from '../session/load-recording'
import type { VerifyHere } from '../session/verification-worker'

/** If nothing was drawn by then, engines start all the same. */
const LONGEST_MS = 3000

/** What a session needs, as a browser has it. */
export function browserEnvironment(firstScreen: FirstScreen): Environment {
  return {
    startEngine: (events, failed) => {
      const worker = new Worker(new URL('../engine/worker.ts', import.meta.url), { type: 'module' })
      worker.addEventListener('error', (event) => {
        event.preventDefault()
        failed(event.message)
      })
      return {
        engine: wrap<StartEngine>(worker)(document.baseURI, proxy(events)),
        end: () => worker.terminate(),
      }
    },
    startVerifying: (failed) => {
      const worker = new Worker(new URL('../session/verification-worker.ts', import.meta.url), {
        type: 'module',
      })
      worker.addEventListener('error', (event) => {
        event.preventDefault()
        failed(event.message || 'verifying stopped')
      })
      return { verify: wrap<VerifyHere>(worker), end: () => worker.terminate() }
    },
    startReading: (failed) => {
      const worker = new Worker(new URL('../session/import/worker.ts', import.meta.url), { type: 'module' })
      worker.addEventListener('error', (event) => {
        event.preventDefault()
        failed(event.message || 'reading stopped')
      })
      const read = wrap<ReadFiles>(worker)
      return { read: (files, onProgress) => read(files, proxy(onProgress)), end: () => worker.terminate() }
    },
    loadRecording: (spec) => loadRecording(spec, firstScreen.bytesOf(spec.id)),
    frames: {
      request: (callback) => requestAnimationFrame(callback),
      cancel: (request) => cancelAnimationFrame(request),
    },
    painted: () =>
      new Promise((resolve) => {
        if (document.hidden) resolve()
        else requestAnimationFrame(() => resolve())
      }),
    littleMotion: () => matchMedia('(prefers-reduced-motion: reduce)').matches,
    playedFor: (id) => firstScreen.age(id),
    pointsDrawn,
  }
}

/** When the stage has drawn points, and the page has time again. */
function pointsDrawn(): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      observer.disconnect()
      clearTimeout(timer)
      // After the frame that is being drawn.
      setTimeout(resolve, 0)
    }
    const timer = setTimeout(go, LONGEST_MS)
    const observer = new PerformanceObserver((list) => {
      if (list.getEntriesByName('first-features').length > 0) go()
    })
    observer.observe({ type: 'mark', buffered: true })
  })
}
