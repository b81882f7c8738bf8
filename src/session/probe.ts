import { corruptImage } from '../datasets/corruption'
import { corruptionSchema, type Corruption } from '../datasets/settings'
import { Random } from '../geometry/random'
import { throttle } from '../render/throttle'
import type { RunClient } from './client'
import type { Playback } from './playback'
import type { Runs } from './runs'
import { oneOf } from './run-view'
import type { SessionStore } from './store'

export const NO_CORRUPTION: Corruption = corruptionSchema.parse({})

/** Whether it leaves a picture as it is. */
export const isClean = (corruption: Corruption): boolean =>
  JSON.stringify(corruption) === JSON.stringify(NO_CORRUPTION)

/** The same noise and place of the square at every strength. */
const SEED = 1
/** While it trains, the network looks at the picture again after this many milliseconds. */
const AGAIN_MS = 150

/** Corrupts the picture of one point, and shows it where the network puts it then. */
export class Probe {
  private busy = false
  private asked = false

  constructor(
    private readonly store: SessionStore,
    private readonly runs: Runs,
    private readonly playback: Playback,
  ) {}

  /** The picture of a point as it is in the data: height · width bytes. */
  picture(point: number): Uint8Array | null {
    const { data, images } = this.runs.view
    const image = images[point]
    // A recorded run is there before its pictures.
    if (!data || data.pixels.length === 0 || image === undefined) return null
    const size = data.width * data.height
    return data.pixels.subarray(image * size, (image + 1) * size)
  }

  corrupted(point: number, corruption: Corruption): Uint8Array | null {
    const picture = this.picture(point)
    const { data, images } = this.runs.view
    if (!picture || !data) return null
    return corruptImage(
      picture,
      data.width,
      data.height,
      corruption,
      new Random(SEED, 'quality', images[point]!),
    )
  }

  /** Corrupts the picture of a point, and shows it where the network now puts it. */
  set(point: number, corruption: Corruption): void {
    // A recording has no network that could evaluate another picture.
    if (!isClean(corruption)) this.playback.goLive()
    this.store.set({ probe: { point, corruption }, pinned: point })
    void this.evaluate()
  }

  /** Shows all points as they are. */
  end(): void {
    this.store.set({ probe: null })
    void this.evaluate()
  }

  /** Keeps the corrupted point where the network puts it, while it learns. @returns how to stop that */
  follow(): () => void {
    let step = -1
    const stepNow = (): number => this.runs.view.frame?.step ?? -1
    const again = throttle(() => {
      step = stepNow()
      void this.evaluate()
    }, AGAIN_MS)
    // An evaluation is a change of what is shown, too, and no reason for another one.
    const stop = this.runs.subscribeView(() => {
      if (this.store.state.probe && stepNow() !== step) again()
    })
    return () => {
      stop()
      again.cancel()
    }
  }

  /** One evaluation at a time; what is asked for meanwhile comes after it, once. */
  private async evaluate(): Promise<void> {
    this.asked = true
    if (this.busy) return
    this.busy = true
    while (this.asked) {
      this.asked = false
      // Runs side by side have the same images: each shows where its own network puts the picture.
      await Promise.all(this.runs.all.map((run) => this.evaluateIn(run)))
    }
    this.busy = false
  }

  private async evaluateIn(run: RunClient): Promise<void> {
    const { probe } = this.store.state
    const { view } = run
    const { generation, count, labels } = view
    const pixels = probe && probe.point < count ? this.corrupted(probe.point, probe.corruption) : null
    const original = probe && this.picture(probe.point)
    if (!probe || !pixels || !original || this.playback.player) {
      if (view.substitute) view.replacePoint(null)
      return
    }
    const label = labels[probe.point]!
    const both = new Uint8Array(2 * pixels.length)
    both.set(pixels)
    both.set(original, pixels.length)
    const evaluated = await run.evaluate(both, [label, label])
    // Meanwhile the points may have become others.
    const still = generation === view.generation
    if (evaluated && still && this.store.state.probe?.point === probe.point) {
      view.replacePoint({
        point: probe.point,
        pixels,
        ...oneOf(evaluated, 0),
        original: oneOf(evaluated, 1),
      })
    }
  }
}
