import { readTheme } from '../render/theme'
import type { FirstScreenNews, FirstScreenSize, FirstScreenStart } from './first-screen-worker'

/** The page is loaded by then, whether something was drawn or not. */
const LONGEST_MS = 1500
/** As long as the stage takes to come out from behind it; the same in first-screen.css. */
const FADE_MS = 250

/**
 * What there is to see before the page is loaded: lines where its parts will be and, where it starts with a recorded
 * run, that run, drawn by a worker which nothing that the page loads holds up. It stays until the stage has drawn the
 * same.
 */
export class FirstScreen {
  private worker: Worker | null = null
  private id: string | null = null
  private bytes: Promise<Uint8Array<ArrayBuffer>> | null = null
  /** When the recording began to play, by `performance.now()`. */
  private began: number | null = null
  private observer: ResizeObserver | null = null

  /**
   * Shows the recording of that id.
   * @returns when it is to be seen; also when that fails, as the page then says why, or takes too long
   */
  open(id: string): Promise<void> {
    this.id = id
    this.bytes = fetch(recordingUrl(id)).then(async (response) => {
      if (!response.ok) throw new Error(`the file is missing (${response.status})`)
      return new Uint8Array(await response.arrayBuffer())
    })
    // Who takes the bytes hears of it.
    this.bytes.catch(() => undefined)
    return Promise.race([
      this.show(this.bytes),
      new Promise<void>((resolve) => setTimeout(resolve, LONGEST_MS)),
    ])
  }

  private async show(bytes: Promise<Uint8Array<ArrayBuffer>>): Promise<void> {
    const canvas = this.element?.querySelector('canvas')
    // Else the browser has no such thing, and the page is the first that is seen.
    if (!canvas || !('transferControlToOffscreen' in canvas)) return
    const worker = new Worker(new URL('./first-screen-worker.ts', import.meta.url), { type: 'module' })
    this.worker = worker
    const shown = this.shown(worker)
    try {
      const start: FirstScreenStart = {
        canvas: canvas.transferControlToOffscreen(),
        bytes: await bytes,
        theme: readTheme(),
        size: sizeOf(canvas),
        still: matchMedia('(prefers-reduced-motion: reduce)').matches,
      }
      worker.postMessage(start, [start.canvas])
      await shown
    } catch {
      this.remove()
    }
  }

  /** The bytes of the recording, where it is that one. Once: nobody else needs them. */
  async bytesOf(id: string): Promise<Uint8Array<ArrayBuffer> | null> {
    const { bytes } = this
    if (id !== this.id || !bytes) return null
    this.bytes = null
    return bytes.catch(() => null)
  }

  /** For how many milliseconds the recording of that id has been playing; null where it is not to be seen. */
  age(id: string): number | null {
    return id === this.id && this.began !== null ? performance.now() - this.began : null
  }

  /** Lies over the place where the stage will be drawn, until it is. */
  cover(host: HTMLElement): void {
    const { element, worker } = this
    if (!element) return
    if (!worker) {
      this.remove()
      return
    }
    element.dataset.covers = ''
    const place = (): void => {
      const { left, top, width, height } = host.getBoundingClientRect()
      const pixels = { left, top, width, height }
      for (const [name, value] of Object.entries(pixels)) element.style.setProperty(name, `${value}px`)
      worker.postMessage(sizeOf(host))
    }
    this.observer?.disconnect()
    this.observer = new ResizeObserver(place)
    this.observer.observe(host)
    place()
    const drawn = new PerformanceObserver((list) => {
      if (list.getEntriesByName('stage-drawn').length === 0) return
      drawn.disconnect()
      element.dataset.leaves = ''
      setTimeout(() => this.remove(), FADE_MS)
    })
    drawn.observe({ type: 'mark', buffered: true })
  }

  private get element(): HTMLElement | null {
    return document.getElementById('first-screen')
  }

  /** @returns when the worker has drawn, or has failed */
  private shown(worker: Worker): Promise<void> {
    return new Promise((resolve, reject) => {
      worker.addEventListener('error', () => {
        reject(new Error('the recording can not be drawn'))
      })
      worker.addEventListener('message', ({ data: { drawn, at } }: MessageEvent<FirstScreenNews>) => {
        const startTime = at - performance.timeOrigin
        // For benchmarks, in the page's timeline.
        performance.mark(drawn === 'first' ? 'first-screen' : 'first-motion', { startTime })
        if (drawn === 'first') this.began = startTime
        // The page has to put the canvas on the screen once; then it may be busy.
        requestAnimationFrame(() => requestAnimationFrame(() => resolve()))
      })
    })
  }

  private remove(): void {
    this.worker?.terminate()
    this.observer?.disconnect()
    this.element?.remove()
    this.worker = this.observer = this.began = null
  }
}

/** Where the recording of that id is served. */
export function recordingUrl(id: string): URL {
  return new URL(`${import.meta.env.BASE_URL}recordings/${id}.bin`, document.baseURI)
}

function sizeOf({ clientWidth: width, clientHeight: height }: HTMLElement): FirstScreenSize {
  return { width, height, ratio: Math.min(3, devicePixelRatio) }
}
