import { corruptImage } from '../datasets/corruption'
import { corruptionSchema, type Corruption } from '../datasets/settings'
import { Random } from '../geometry/random'
import { throttle } from '../render/throttle'
import { player, takeOver } from './playback'
import type { RunClient } from './client'
import { everyRun, runView, subscribeView } from './runs'
import { oneOf } from './run-view'
import { useSession } from './store'

export const NO_CORRUPTION: Corruption = corruptionSchema.parse({})

export const isClean = (corruption: Corruption): boolean =>
  JSON.stringify(corruption) === JSON.stringify(NO_CORRUPTION)

/** The same noise and place of the square at every strength. */
const SEED = 1
/** While it trains, the network looks at the picture again after this many milliseconds. */
const AGAIN_MS = 150

/** The picture of a point as it is in the data: height · width bytes. */
export function pictureOf(point: number): Uint8Array | null {
  const { data, images } = runView()
  const image = images[point]
  // A recorded run is there before its pictures.
  if (!data || data.pixels.length === 0 || image === undefined) return null
  const size = data.width * data.height
  return data.pixels.subarray(image * size, (image + 1) * size)
}

export function corrupted(point: number, corruption: Corruption): Uint8Array | null {
  const picture = pictureOf(point)
  const { data, images } = runView()
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
export function setProbe(point: number, corruption: Corruption): void {
  // A recording has no network that could look at another picture.
  if (!isClean(corruption)) takeOver()
  useSession.setState({ probe: { point, corruption }, pinned: point })
  void look()
}

/** Shows all points as they are. */
export function endProbe(): void {
  useSession.setState({ probe: null })
  void look()
}

let looking = false
let asked = false

/** One look at a time; what is asked for meanwhile is looked at after it, once. */
async function look(): Promise<void> {
  asked = true
  if (looking) return
  looking = true
  while (asked) {
    asked = false
    await lookOnce()
  }
  looking = false
}

/** Runs side by side have the same images: each shows where its own network puts the picture. */
async function lookOnce(): Promise<void> {
  await Promise.all(everyRun().map(lookOf))
}

async function lookOf(run: RunClient): Promise<void> {
  const { probe } = useSession.getState()
  const { view } = run
  const { generation, count, labels } = view
  const pixels = probe && probe.point < count ? corrupted(probe.point, probe.corruption) : null
  const own = probe && pictureOf(probe.point)
  if (!probe || !pixels || !own || player()) {
    if (view.substitute) view.replacePoint(null)
    return
  }
  const label = labels[probe.point]!
  const both = new Uint8Array(2 * pixels.length)
  both.set(pixels)
  both.set(own, pixels.length)
  const seen = await run.lookAt(both, [label, label])
  // Meanwhile the points may have become others.
  const still = generation === view.generation
  if (seen && still && useSession.getState().probe?.point === probe.point) {
    view.replacePoint({ point: probe.point, pixels, ...oneOf(seen, 0), own: oneOf(seen, 1) })
  }
}

/** Keeps the corrupted point where the network puts it, while it learns. @returns how to stop that */
export function followProbe(): () => void {
  let step = -1
  const again = throttle(() => {
    step = stepNow()
    void look()
  }, AGAIN_MS)
  // A look is a change of what is shown, too, and no reason for another one.
  const stop = subscribeView(() => {
    if (useSession.getState().probe && stepNow() !== step) again()
  })
  return () => {
    stop()
    again.cancel()
  }
}

const stepNow = (): number => runView().frame?.step ?? -1
