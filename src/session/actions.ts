import { sameVariables, type Experiment } from '../engine/config'
import type { PointSelection } from '../engine/frame'
import { withPreset } from '../engine/preset-experiment'
import type { RecordedSet } from '../engine/recordings'
import { reasonOf } from '../io/reason'
import type { RunClient } from './client'
import { describeChange } from './describe-change'
import { applied, differences, isShared } from './differences'
import { leaveEmbeddings } from './import/embedding-mode'
import { experimentsFrom, MOST_RUNS } from './link'
import { leavePlayback, openRecordings, player, takeAway, takeOver } from './playback'
import { everyRun, openRuns, pauseRuns, playRuns, runOf, runView, stepRuns } from './runs'
import { activate, isPlaying, notify, setRun, useSession } from './store'

/** Whether the run has begun: from then on changes act at once, and are marked on the timeline. */
function hasBegun(): boolean {
  return player() !== null || (runView().frame?.step ?? 0) > 0
}

/**
 * Replaces the experiment. The engine decides whether that needs a new run; a recorded run goes on live. Of runs side by
 * side all take what they have in common, and the rest too where settings are for all.
 */
export function setExperiment(next: Experiment): void {
  const wasPlayed = takeOver()
  const { experiment: before, forAll } = useSession.getState()
  const changes = differences(before, next)
  const asked = new Map([[runOf(), next]])
  for (const run of everyRun().filter((run) => run !== runOf())) {
    const change = forAll ? changes : changes.filter(isShared)
    asked.set(run, attempt(run.state.experiment, change))
  }
  setEach(asked, wasPlayed)
}

/** Changes every run, each in its own way. */
export function changeEach(change: (experiment: Experiment) => Experiment): void {
  const wasPlayed = takeOver()
  setEach(new Map(everyRun().map((run) => [run, change(run.state.experiment)])), wasPlayed)
}

function setEach(asked: ReadonlyMap<RunClient, Experiment>, wasPlayed: boolean): void {
  const anew = [...asked].some(([run, experiment]) => !sameVariables(run.state.experiment, experiment))
  // Where one of several begins anew, all do.
  if (anew && asked.size > 1) {
    openRuns(everyRun().map((run) => asked.get(run)!))
    return
  }
  for (const [run, experiment] of asked) changeRun(run, experiment)
  if (wasPlayed && !anew) playRuns()
}

/** The experiment with the changes, or as it is where they do not go together with what it has. */
function attempt(experiment: Experiment, changes: ReturnType<typeof differences>): Experiment {
  try {
    return applied(experiment, changes)
  } catch (error) {
    const reason = reasonOf(error)
    notify(`One of the runs stays as it is, as the change does not fit it: ${reason}.`)
    return experiment
  }
}

function changeRun(run: RunClient, next: Experiment): void {
  const before = run.state.experiment
  if (differences(before, next).length === 0) return
  const change = describeChange(before, next)
  setRun(run.id, { experiment: next })
  const { view } = run
  if (hasBegun()) {
    view.history.marks.push({ step: view.frame?.step ?? 0, text: change })
    view.changed()
  }
  run.update(next, change)
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

export function setTerms(terms: Experiment['terms']): void {
  setExperiment({ ...useSession.getState().experiment, terms })
}

/** Takes a named loss; before a run begins with its curriculum and rate, later its head and terms alone. */
export function choosePreset(id: string): void {
  const { experiment } = useSession.getState()
  const preset = withPreset(experiment, id)
  const next = inPairs() ? { ...preset, data: experiment.data } : preset
  const { terms, data } = next
  // Another number of vectors begins a new run anyway.
  const goesOn = hasBegun() && next.head.subCenters === experiment.head.subCenters
  if (goesOn) setHead({ ...next.head, start: experiment.head.start }, { terms, data })
  else setExperiment(next)
}

/** Whether a run beside the active one needs the batches as they are drawn now: those that have pairs. */
function inPairs(): boolean {
  const { experiment, active, runs } = useSession.getState()
  const others = runs.filter(({ id }) => id !== active)
  return experiment.data.sampling.kind === 'pk' && others.some((run) => run.experiment.terms.length > 0)
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
  // While a recording was shown nobody was told that the engine behind it had failed.
  if (useSession.getState().status.kind === 'failed') runOf().retry()
  playRuns()
}

export function pause(): void {
  const recorded = player()
  if (recorded) recorded.pause()
  else pauseRuns()
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
  stepRuns()
}

/** Begins another experiment, or several side by side. */
export function openExperiment(...experiments: readonly Experiment[]): void {
  leaveEmbeddings()
  leavePlayback()
  useSession.setState({ probe: null })
  openRuns(experiments)
  activate(everyRun()[0]!.id)
}

/** Adds a run beside the others, as a copy of the active one; all begin together. */
export function addRun(): void {
  const { runs, experiment } = useSession.getState()
  if (runs.length >= MOST_RUNS) return
  leaveEmbeddings()
  const begun = hasBegun()
  leavePlayback()
  openRuns([...runs.map((run) => run.experiment), experiment])
  useSession.setState({ forAll: false })
  activate(everyRun()[runs.length]!.id)
  if (begun) notify('All runs began again from their seed, so that they go side by side.')
}

export { takeAway as removeRun }

/** Shows recorded runs, which then go on live. */
export function openRecorded(set: RecordedSet): void {
  leaveEmbeddings()
  void openRecordings(set)
}

/** Begins the experiment anew, from its seed, or the recorded run that is shown. */
export function reset(): void {
  if (!canTrain()) return
  const recorded = player()
  if (recorded) recorded.seek(0)
  else openRuns(useSession.getState().runs.map(({ experiment }) => experiment))
}

export function rollBack(id?: number): void {
  runOf(id).rollBack()
}

export function setSpeed(stepsPerSecond: number | null): void {
  useSession.setState({ speed: stepsPerSecond })
  for (const run of everyRun()) run.setSpeed(stepsPerSecond)
}

export function selectPoints(points: PointSelection): void {
  takeOver()
  useSession.setState({ points, pinned: null })
  for (const run of everyRun()) run.select(points)
}

/** The experiments that the page's address carries; null where it carries none. */
function linked(): readonly Experiment[] | null {
  try {
    return experimentsFrom(location.hash)
  } catch (error) {
    const reason = reasonOf(error)
    notify(`The link could not be opened: ${reason}. This is the usual start instead.`)
    return null
  }
}

/** Begins the runs that the page's address carries. @returns whether it does */
export function openLink(): boolean {
  const experiments = linked()
  if (experiments) openExperiment(...experiments)
  return experiments !== null
}
