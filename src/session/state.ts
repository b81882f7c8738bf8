import type { OwnFile } from '../datasets/own-file'
import type { Corruption } from '../datasets/settings'
import { parseExperiment, type Experiment } from '../engine/config'
import type { BackendInfo, EngineStatus, RunInfo } from '../engine/events'
import type { PointSelection } from '../engine/frame'
import { withPreset } from '../engine/preset-experiment'
import { FIRST_PRESET } from '../losses/preset-registry'
import type { PairKind } from '../geometry/pair-kinds'
import type { ShownEmbeddings } from './import/embedding-view'

/** What the stage shows and how; it does not change the run. */
export interface ViewSettings {
  /** Features as they are, or on the unit circle or sphere. */
  readonly space: 'raw' | 'normalized'
  readonly regions: boolean
  readonly margins: boolean
  /** What the terms act on: pairs, triplets, centres. */
  readonly terms: boolean
  /** Points in sizes by their individual margins, where they have such. */
  readonly sizes: boolean
  readonly hiddenClasses: readonly number[]
  /** The class that is singled out. */
  readonly focusedClass: number | null
  /** The cosine from which two pictures are called the same; null is the one that the folds chose. */
  readonly threshold: number | null
  /** Which of the triplets is looked at: 0 is the one that was the hardest at the start, and so on. */
  readonly triplet: number
  /** What passes through the pipeline of training and verification. */
  readonly pipeline: PipelineChoice
}

/** One picture on the side of training, and a pair of pictures on the other. */
export interface PipelineChoice {
  /** The picture's place on the stage. */
  readonly point: number
  readonly kind: PairKind
  /** The place of the pair among those of its kind. */
  readonly pair: number
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

/** A recorded run on the stage, or several side by side. */
export interface PlaybackState {
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
export interface SessionState {
  /**
   * All runs, in the order of their letters. While recordings are shown, status and run are of the engines on
   * standby.
   */
  readonly runs: readonly RunState[]
  /** The run that panels and settings are of: see `activeRun`. */
  readonly active: number
  /** Whether a setting that is changed is changed for every run. */
  readonly forAll: boolean
  /** While recorded runs are shown. */
  readonly playback: PlaybackState | null
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
  /** Id of the lab that is open. */
  readonly lab: string | null
  readonly notices: readonly Notice[]
  /** Files of the user's that are being read; the share is null while it is not known. */
  readonly importing: { readonly name: string; readonly share: number | null } | null
  /** The data set that was read last. */
  readonly ownSet: OwnSet | null
  /** Features from elsewhere that stage and panels show in place of the run, which rests. */
  readonly embeddings: ShownEmbeddings | null
}

/** What a session begins with where nothing else is said. */
const FIRST_EXPERIMENT = withPreset(parseExperiment({}), FIRST_PRESET)

/** A run before its engine says anything. */
export const newRun = (id: number, experiment: Experiment): RunState => ({
  id,
  experiment,
  status: { kind: 'loading', what: 'the engine', fraction: null },
  run: null,
  backend: null,
})

/** What a session begins with: one run that has not begun, everything shown. */
export const firstState = (): SessionState => ({
  runs: [newRun(0, FIRST_EXPERIMENT)],
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
    pipeline: { point: 0, kind: 'same', pair: 0 },
  },
  pinned: null,
  probe: null,
  panels: null,
  lab: null,
  notices: [],
  importing: null,
  ownSet: null,
  embeddings: null,
})

/** The run that panels and settings are of. */
export function activeRun({ runs, active }: Pick<SessionState, 'runs' | 'active'>): RunState {
  return runs.find(({ id }) => id === active) ?? runs[0]!
}

/** The experiment of the active run. */
export const activeExperiment = (state: Pick<SessionState, 'runs' | 'active'>): Experiment =>
  activeRun(state).experiment

/** The experiment behind what is shown; of embeddings its head is all that counts. */
export const shownExperiment = (state: SessionState): Experiment =>
  state.embeddings?.experiment ?? activeExperiment(state)

/** Whether what is on the stage moves on by itself. */
export function isPlaying(state: Pick<SessionState, 'playback' | 'runs' | 'active'>): boolean {
  return state.playback ? state.playback.playing : activeRun(state).status.kind === 'playing'
}
