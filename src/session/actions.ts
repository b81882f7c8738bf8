import { sameVariables, type Experiment } from '../engine/config'
import type { PointSelection } from '../engine/frame'
import { withPreset } from '../engine/presets'
import type { RecordingSpec } from '../engine/recordings'
import { engine, runView } from './client'
import { describeChange } from './describe-change'
import { leaveEmbeddings } from './import/embedding-mode'
import { experimentsFrom } from './link'
import { leavePlayback, openRecording, player, takeOver } from './playback'
import { isPlaying, notify, useSession } from './store'

/** Whether the run has begun: from then on changes act at once, and are marked on the timeline. */
function hasBegun(): boolean {
  return player() !== null || (runView.frame?.step ?? 0) > 0
}

/** Replaces the experiment. The engine decides whether that needs a new run; a recorded run goes on live. */
export function setExperiment(next: Experiment): void {
  const wasPlayed = takeOver()
  const before = useSession.getState().experiment
  const change = describeChange(before, next)
  useSession.setState({ experiment: next })
  const step = runView.frame?.step ?? 0
  if (hasBegun()) {
    runView.history.marks.push({ step, text: change })
    runView.changed()
  }
  engine.update(next, change)
  if (wasPlayed && sameVariables(before, next)) engine.play()
}

/**
 * Changes the head. Once a run has begun, what the user sets acts at once: the part of the curriculum that
 * would hold it back is taken out.
 * @param more other parts that change with it
 */
export function setHead(change: Partial<Experiment['head']>, more: Partial<Experiment> = {}): void {
  const { experiment } = useSession.getState()
  const curriculum = { ...experiment.curriculum }
  if (hasBegun()) {
    if ('normalizeFeatures' in change) curriculum.normalizeFeaturesAt = 0
    if ('margin' in change) curriculum.margin = { start: 0, end: 0 }
    if ('scale' in change) curriculum.scale = null
  }
  setExperiment({ ...experiment, ...more, head: { ...experiment.head, ...change }, curriculum })
}

export function setMarginParameter(id: string, value: number): void {
  const { margin } = useSession.getState().experiment.head
  setHead({ margin: { ...margin, parameters: { ...margin.parameters, [id]: value } } })
}

/** What there is of a selection that means something in one data set only. */
export const NO_CLASSES = { classes: undefined, unseen: undefined }

/** Changes which images the run gets; undefined is the data set as it comes. */
export function setData(change: Partial<Experiment['data']>): void {
  const { experiment } = useSession.getState()
  // Absent and undefined are the same, but only one of them goes through a link.
  const entries = Object.entries({ ...experiment.data, ...change }).filter(([, value]) => value !== undefined)
  setExperiment({ ...experiment, data: Object.fromEntries(entries) as Experiment['data'] })
}

export function setTerms(auxiliaries: Experiment['auxiliaries']): void {
  setExperiment({ ...useSession.getState().experiment, auxiliaries })
}

/** Takes a named loss; before a run begins with its curriculum and rate, later its head and terms alone. */
export function choosePreset(id: string): void {
  const { experiment } = useSession.getState()
  const next = withPreset(experiment, id)
  const { auxiliaries, data } = next
  // Another number of vectors begins a new run anyway.
  const goesOn = hasBegun() && next.head.subCenters === experiment.head.subCenters
  if (goesOn) setHead({ ...next.head, start: experiment.head.start }, { auxiliaries, data })
  else setExperiment(next)
}

/** Another number of features. The named loss is taken anew, as its good settings depend on it. */
export function setDimension(dimension: number, presetId: string | null): void {
  const { experiment } = useSession.getState()
  const next = { ...experiment, network: { ...experiment.network, dimension } }
  setExperiment(presetId === null ? next : withPreset(next, presetId))
}

/** Embeddings from elsewhere have nothing that could train. */
const canTrain = (): boolean => useSession.getState().embeddings === null

/** Plays on; at the end of a recorded run that is training on. */
export function play(): void {
  if (!canTrain()) return
  const recorded = player()
  if (recorded && !recorded.ended) recorded.play()
  else playLive()
}

/** Trains on, from the end of a recorded run if one is shown. */
export function playLive(): void {
  takeOver()
  engine.play()
}

export function pause(): void {
  const recorded = player()
  if (recorded) recorded.pause()
  else engine.pause()
}

export function togglePlay(): void {
  if (isPlaying(useSession.getState())) pause()
  else play()
}

/** One training step, or one keyframe of a recorded run. */
export function stepOnce(): void {
  if (!canTrain()) return
  const recorded = player()
  if (recorded && !recorded.ended) {
    recorded.pause()
    recorded.move(1)
    return
  }
  takeOver()
  engine.stepOnce()
}

/** Begins another experiment. */
export function openExperiment(experiment: Experiment): void {
  leaveEmbeddings()
  leavePlayback()
  useSession.setState({ experiment })
  engine.open(experiment)
}

/** Shows a recorded run, which then goes on live. */
export function openRecorded(spec: RecordingSpec): void {
  leaveEmbeddings()
  void openRecording(spec)
}

/** Begins the experiment anew, from its seed, or the recorded run that is shown. */
export function reset(): void {
  if (!canTrain()) return
  const recorded = player()
  if (recorded) recorded.seek(0)
  else engine.open(useSession.getState().experiment)
}

export function rollBack(): void {
  engine.rollBack()
}

export function setSpeed(stepsPerSecond: number | null): void {
  useSession.setState({ speed: stepsPerSecond })
  engine.setSpeed(stepsPerSecond)
}

export function selectPoints(points: PointSelection): void {
  takeOver()
  useSession.setState({ points, pinned: null })
  engine.select(points)
}

/**
 * Takes the experiment that the page's address carries, if it does. Its run begins when the engine opens it.
 * @returns whether it does
 */
export function takeLink(): boolean {
  try {
    const experiment = experimentsFrom(location.hash)?.[0] ?? null
    if (experiment) useSession.setState({ experiment })
    return experiment !== null
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    notify(`The link could not be opened: ${reason}. This is the usual start instead.`)
    return false
  }
}

/** The same for an address that changes while the page is open: begins the run that it carries. */
export function followLink(): void {
  const before = useSession.getState().experiment
  if (takeLink() && useSession.getState().experiment !== before) {
    openExperiment(useSession.getState().experiment)
  }
}
