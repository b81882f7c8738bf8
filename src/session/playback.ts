import { parseExperiment } from '../engine/config'
import { recordedEnd } from '../engine/recorded-end'
import type { RecordedSet } from '../engine/recordings'
import type { Checkpoint } from '../engine/trainer'
import { reasonOf } from '../io/reason'
import type { Recording } from '../io/recording-file'
import { firstScreen } from './first-screen'
import { loadRecording } from './load-recording'
import { Player } from './player'
import { arrangeRuns, beginRuns, everyRun, openRuns, removeRun } from './runs'
import { activate, notify, useSession } from './store'
import { Tape } from './tape'

/** If nothing was drawn by then, the engine starts all the same. */
const LONGEST_MS = 3000

interface Shown {
  readonly player: Player
  readonly name: string
  /** Of each run, by its id. */
  readonly tapes: ReadonlyMap<number, Tape>
  readonly ends: ReadonlyMap<number, Checkpoint>
}

/** What is shown of recordings. */
let shown: Shown | null = null
/** The recordings whose runs the engines have. */
let behind: Shown | null = null
/** Counts what was asked for, so that a recording that comes late does not replace what came after it. */
let asked = 0

/**
 * Shows recorded runs side by side, or one, and plays them, unless the reader wants little motion: then their end is
 * shown. Meanwhile the engines load the same runs, with the weights of the recordings' ends. Where a file can not be had
 * the runs begin live.
 */
export async function openRecordings({ name, specs }: RecordedSet): Promise<void> {
  const request = ++asked
  try {
    const recordings = await Promise.all(specs.map(loadRecording))
    if (request === asked) show(recordings, name, specs[0].id)
  } catch (error) {
    if (request !== asked) return
    const reason = reasonOf(error)
    notify(`The recorded run could not be shown: ${reason}. Press Play to train it here.`)
    leavePlayback()
    openRuns(specs.map(({ experiment }) => experiment))
  }
}

/** @param id of the first recording */
function show(recordings: readonly Recording[], name: string, id: string): void {
  leavePlayback()
  const experiments = recordings.map(({ experiment }) => parseExperiment(experiment))
  arrangeRuns(experiments)
  useSession.setState({ pinned: null })
  const runs = everyRun()
  activate(runs[0]!.id)
  for (const run of runs) run.hide()
  const tapes = runs.map((run, k) => new Tape(recordings[k]!, experiments[k]!, run.view))
  const player = new Player(tapes as [Tape, ...Tape[]], tell)
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches
  player.smooth = !still
  player.leader = () => firstScreen.age(id)
  const byRun = <T>(values: readonly T[]): ReadonlyMap<number, T> =>
    new Map(runs.map(({ id }, k) => [id, values[k]!]))
  shown = { player, name, tapes: byRun(tapes), ends: byRun(recordings.map(recordedEnd)) }
  if (still) player.seek(Infinity)
  else player.play()
  tell()
  void firstFeatures().then(() => {
    if (shown?.player === player) startBehind()
  })
}

/** The player of what is shown of recordings; null while runs are live. */
export function player(): Player | null {
  return shown?.player ?? null
}

export function setPlaybackSpeed(speed: number): void {
  if (!shown) return
  shown.player.speed = speed
  tell()
}

/**
 * The runs go on live, from the recordings' end. Does nothing where they are live already.
 * @returns whether the recordings were playing
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
  for (const run of everyRun()) run.reveal()
  return playing
}

/** Ends recordings for other runs. */
export function leavePlayback(): void {
  asked++
  if (!shown) return
  shown.player.pause()
  shown = null
  useSession.setState({ playback: null })
  for (const run of everyRun()) run.forget()
}

/** Takes one of the runs side by side away; the others go on, recorded or live. */
export function takeAway(id: number): void {
  const tape = shown?.tapes.get(id)
  if (tape) shown!.player.drop(tape)
  removeRun(id)
}

/** Lets the engines load the runs that are shown, unless they do already. */
function startBehind(): void {
  if (!shown || shown === behind) return
  behind = shown
  beginRuns(shown.ends)
}

function tell(): void {
  if (!shown) return
  const { player, name } = shown
  const { playing, ended, speed } = player
  useSession.setState({ playback: { name, playing, ended, speed } })
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
