import { decodeRecording } from '../io/recording-file'
import { FlatSurface } from '../render/stage/flat-surface'
import { PointModel } from '../render/stage/point-model'
import type { Theme } from '../render/theme'
import type { AnimationFrames } from './environment'
import { Player } from './player'
import { RecordedPoints } from './recorded-points'

/** In CSS pixels, and pixels of the device in one of these. */
export interface FirstScreenSize {
  readonly width: number
  readonly height: number
  readonly ratio: number
}

export interface FirstScreenStart {
  readonly canvas: OffscreenCanvas
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly theme: Theme
  readonly size: FirstScreenSize
  /** Shows the end of the recording, and does not play it. */
  readonly still: boolean
}

/** What has been drawn, and when, in milliseconds since 1970. */
export interface FirstScreenNews {
  readonly drawn: 'first' | 'other'
  readonly at: number
}

const FRAMES: AnimationFrames = {
  request: (callback) => requestAnimationFrame(callback),
  cancel: (request) => cancelAnimationFrame(request),
}

let resize: ((size: FirstScreenSize) => void) | null = null

addEventListener('message', ({ data }: MessageEvent<FirstScreenStart | FirstScreenSize>) => {
  // An error within a promise would not reach the page.
  if ('canvas' in data) start(data).catch(reportError)
  else resize?.(data)
})

/**
 * Plays a recording on a stage of points and class vectors alone; text and regions come with the stage itself. What is
 * imported here everybody waits for: no losses, and nothing that reads experiments.
 */
async function start({ canvas, bytes, theme, size, still }: FirstScreenStart): Promise<void> {
  const recording = await decodeRecording(bytes)
  // Painted by this worker: where a processor pretends to be a GPU, the stage needs that for itself.
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true })
  if (!context) throw new Error('there is nothing to draw on')
  let drawOther: (() => void) | null = null
  const points = new RecordedPoints(recording, () => drawOther?.())
  const player = new Player([points], FRAMES, () => undefined)
  if (still) player.seek(Infinity)
  const surface = new FlatSurface(context)
  const model = new PointModel(points, theme)
  const placed = [{ scene: model.scene, left: 0, top: 0 }]
  let before = performance.now()
  const draw = (now: number): void => {
    const passed = now - before
    before = now
    points.compose(model, passed, now)
    surface.draw(placed)
  }
  resize = ({ width, height, ratio }) => {
    model.resize(width, height)
    surface.resize(width, height, ratio)
    draw(performance.now())
  }
  resize(size)
  const began = performance.now()
  report('first', began)
  if (still) return
  player.leader = () => performance.now() - began
  let reported = false
  drawOther = () => {
    draw(performance.now())
    if (!reported) report('other', performance.now())
    reported = true
  }
  player.play()
}

function report(drawn: FirstScreenNews['drawn'], now: number): void {
  const news: FirstScreenNews = { drawn, at: performance.timeOrigin + now }
  postMessage(news)
}
