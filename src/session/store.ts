import { create } from 'zustand'
import type { Corruption } from '../datasets/settings'
import { parseExperiment, type Experiment } from '../engine/config'
import type { OwnFile } from '../datasets/own-file'
import type { BackendInfo, EngineStatus, RunInfo } from '../engine/events'
import type { PointSelection } from '../engine/frame'
import { withPreset } from '../engine/preset-experiment'
import type { ShownEmbeddings } from './import/embedding-view'

/** What the stage shows and how; it does not change the run. */
export interface ViewSettings {
  /** Features as they are, or on the unit circle or sphere. */
  readonly space: 'raw' | 'normalized'
  readonly regions: boolean
  readonly margins: boolean
  /** What the terms act on: pairs, triplets, centres. */
  readonly terms: boolean
  /** Points in sizes by their own margins, where they have such. */
  readonly sizes: boolean
  readonly hiddenClasses: readonly number[]
  /** The class that is singled out. */
  readonly focusedClass: number | null
  /** The cosine from which two pictures are called the same; null is the one that the folds chose. */
  readonly threshold: number | null
  /** Which of the triplets is looked at: 0 is the one that was the hardest at the start, and so on. */
  readonly triplet: number
}

export interface Notice {
  readonly id: number
  readonly text: string
}

/** The user's own data set, as it was read. */
export interface OwnSet {
  readonly file: OwnFile
  readonly images: number
  readonly classes: number
}

/** A recorded run on the stage. */
export interface Playback {
  /** What it is of, in a few words. */
  readonly name: string
  readonly playing: boolean
  /** It is at its end: playing on is training on. */
  readonly ended: boolean
  /** Times as fast. */
  readonly speed: number
}

/** One of the runs side by side. */
export interface RunState {
  readonly id: number
  readonly experiment: Experiment
  readonly status: EngineStatus
  readonly run: RunInfo | null
  readonly backend: BackendInfo | null
}

/** Configuration, status and selection. Frames are not here, see RunView. */
export interface SessionState extends Omit<RunState, 'id'> {
  /** All runs, in the order of their letters; `setRun` changes them. */
  readonly runs: readonly RunState[]
  /** The run that panels and settings are of: `experiment`, `status`, `run` and `backend` are its. */
  readonly active: number
  /** Whether a setting that is changed is changed for every run. */
  readonly forAll: boolean
  /** While a recorded run is shown; then `status` and `run` are of the engine behind it. */
  readonly playback: Playback | null
  /** Training steps a second; null is as fast as it goes. */
  readonly speed: number | null
  readonly points: PointSelection
  readonly view: ViewSettings
  /** The point whose card stays open: its place on the stage. */
  readonly pinned: number | null
  /** The point whose picture is corrupted, and how; its place on the stage is that of the corrupted picture. */
  readonly probe: { readonly point: number; readonly corruption: Corruption } | null
  /** Ids of the panels that are shown, in this order; null for all that have something to show. */
  readonly panels: readonly string[] | null
  readonly notices: readonly Notice[]
  /** Files of the user's that are being read; the share is null while it is not known. */
  readonly importing: { readonly name: string; readonly share: number | null } | null
  /** The data set that was read last. */
  readonly own: OwnSet | null
  /** Features from elsewhere that stage and panels show in place of the run, which rests. */
  readonly embeddings: ShownEmbeddings | null
}

export const FIRST_EXPERIMENT = withPreset(parseExperiment({}), 'arcface')

/** A run before its engine says anything. */
const NEW_RUN: Omit<RunState, 'id'> = {
  experiment: FIRST_EXPERIMENT,
  status: { kind: 'loading', what: 'the engine', fraction: null },
  run: null,
  backend: null,
}

export const useSession = create<SessionState>(() => ({
  ...NEW_RUN,
  runs: [{ id: 0, ...NEW_RUN }],
  active: 0,
  forAll: false,
  playback: null,
  speed: null,
  points: { split: 'test', count: 2000 },
  view: {
    space: 'raw',
    regions: true,
    margins: true,
    terms: true,
    sizes: true,
    hiddenClasses: [],
    focusedClass: null,
    threshold: null,
    triplet: 0,
  },
  pinned: null,
  probe: null,
  panels: null,
  notices: [],
  importing: null,
  own: null,
  embeddings: null,
}))

const { setState } = useSession

/** The run of that id; null where it has been removed. */
export function runState(id: number): RunState | null {
  return useSession.getState().runs.find((run) => run.id === id) ?? null
}

export function setRun(id: number, change: Partial<Omit<RunState, 'id'>>): void {
  setState(({ runs, active }) => ({
    ...(id === active && change),
    runs: runs.map((run) => (run.id === id ? { ...run, ...change } : run)),
  }))
}

/** What panels and settings are of, from now on. */
export function activate(id: number): void {
  const run = runState(id)
  if (!run) return
  const { experiment, status, backend } = run
  setState({ active: id, experiment, status, run: run.run, backend })
}

/** Adds a run behind the others. */
export function addRunState(id: number, experiment: Experiment): void {
  setState(({ runs }) => ({ runs: [...runs, { ...NEW_RUN, id, experiment }] }))
}

/** Takes a run away; the last one stays. Where it was active, the first of the others is. */
export function removeRunState(id: number): void {
  const { runs, active, forAll } = useSession.getState()
  const left = runs.filter((run) => run.id !== id)
  if (left.length === 0) return
  if (id === active) activate(left[0]!.id)
  setState({ runs: left, forAll: forAll && left.length > 1 })
}

/** Whether what is on the stage moves on by itself. */
export function isPlaying({ playback, status }: Pick<SessionState, 'playback' | 'status'>): boolean {
  return playback ? playback.playing : status.kind === 'playing'
}

export function setView(change: Partial<ViewSettings>): void {
  setState(({ view }) => ({ view: { ...view, ...change } }))
}

/** Shows or hides a class on the stage. */
export function toggleClass(index: number): void {
  const { hiddenClasses } = useSession.getState().view
  const hidden = hiddenClasses.includes(index)
  setView({ hiddenClasses: hidden ? hiddenClasses.filter((j) => j !== index) : [...hiddenClasses, index] })
}

/** Singles out a class, or ends that when it is the one. */
export function focusClass(index: number | null): void {
  const { focusedClass } = useSession.getState().view
  setView({ focusedClass: index === focusedClass ? null : index })
}

export function pin(point: number | null): void {
  setState({ pinned: point })
}

export function showPanels(panels: readonly string[] | null): void {
  setState({ panels })
}

let notices = 0

/** Tells the user something that they need not act on. */
export function notify(text: string): void {
  setState((state) => ({ notices: [...state.notices, { id: notices++, text }] }))
}

export function dismissNotice(id: number): void {
  setState((state) => ({ notices: state.notices.filter((notice) => notice.id !== id) }))
}
