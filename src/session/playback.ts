import { parseExperiment, type Experiment } from '../engine/config'
import { recordedEnd } from '../engine/recorded-end'
import type { RecordingSpec } from '../engine/recordings'
import type { Checkpoint } from '../engine/trainer'
import type { Recording } from '../io/recording-file'
import { runOf, runView } from './runs'
import { Player } from './player'
import { firstScreen } from './first-screen'
import { loadRecording } from './load-recording'
import { notify, setRun, useSession } from './store'

/** If nothing was drawn by then, the engine starts all the same. */
const LONGEST_MS = 3000

interface Shown {
  readonly player: Player
  readonly name: string
  readonly end: Checkpoint
}

/** The recording that is shown. */
let shown: Shown | null = null
/** The recording whose run the engine has. */
let behind: Shown | null = null
/** Counts what was asked for, so that a recording that comes late does not replace what came after it. */
let asked = 0

/**
 * Shows a recorded run and plays it, unless the reader wants little motion: then its end is shown. Meanwhile the engine
 * loads the same run, with the weights of the recording's end. Where the file can not be had the run begins live.
 */
export async function openRecording(spec: RecordingSpec): Promise<void> {
  const request = ++asked
  try {
    const recording = await loadRecording(spec)
    const experiment = parseExperiment(recording.experiment)
    if (request === asked) show(recording, experiment, spec)
  } catch (error) {
    if (request !== asked) return
    const reason = error instanceof Error ? error.message : String(error)
    notify(`The recorded run could not be shown: ${reason}. Press Play to train it here.`)
    leavePlayback()
    setRun(runOf().id, { experiment: spec.experiment })
    runOf().open(spec.experiment)
  }
}

function show(recording: Recording, experiment: Experiment, { id, name }: RecordingSpec): void {
  leavePlayback()
  runOf().hide()
  useSession.setState({ pinned: null })
  setRun(runOf().id, { experiment })
  const player = new Player(recording, experiment, runView(), tell)
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches
  player.smooth = !still
  player.leader = () => firstScreen.age(id)
  shown = { player, name, end: recordedEnd(recording) }
  if (still) player.seek(Infinity)
  else player.play()
  tell()
  void firstFeatures().then(() => {
    if (shown?.player === player) startBehind()
  })
}

/** The player of the recording that is shown; null while a run is live. */
export function player(): Player | null {
  return shown?.player ?? null
}

export function setPlaybackSpeed(speed: number): void {
  if (!shown) return
  shown.player.speed = speed
  tell()
}

/**
 * The run goes on live, from the recording's end. Does nothing where a run is live already.
 * @returns whether the recording was playing
 */
export function takeOver(): boolean {
  asked++
  if (!shown) return false
  const { player } = shown
  const { playing } = player
  startBehind()
  player.seek(Infinity)
  shown = null
  useSession.setState({ playback: null })
  runOf().reveal()
  return playing
}

/** Ends a recording for another run. */
export function leavePlayback(): void {
  asked++
  if (!shown) return
  shown.player.pause()
  shown = null
  useSession.setState({ playback: null })
  runOf().forget()
}

/** Lets the engine load the run that is shown, unless it does already. */
function startBehind(): void {
  if (!shown || shown === behind) return
  behind = shown
  runOf().open(useSession.getState().experiment, shown.end)
}

function tell(): void {
  if (!shown) return
  const { player, name } = shown
  const { playing, ended, speed } = player
  useSession.setState({ playback: { name, playing, ended, speed } })
  runOf().catchUp(ended)
}

/** When the stage has drawn points, and the page has time again. */
function firstFeatures(): Promise<void> {
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
