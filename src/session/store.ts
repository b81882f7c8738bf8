import { create } from 'zustand'
import { parseExperiment, type Experiment } from '../engine/config'
import type { BackendInfo, EngineStatus, RunInfo } from '../engine/events'
import type { PointSelection } from '../engine/frame'
import { withPreset } from '../engine/presets'

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
}

export interface Notice {
  readonly id: number
  readonly text: string
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

/** Configuration, status and selection. Frames are not here, see RunView. */
export interface SessionState {
  readonly experiment: Experiment
  readonly status: EngineStatus
  readonly run: RunInfo | null
  /** While a recorded run is shown; then `status` and `run` are of the engine behind it. */
  readonly playback: Playback | null
  readonly backend: BackendInfo | null
  /** Training steps a second; null is as fast as it goes. */
  readonly speed: number | null
  readonly points: PointSelection
  readonly view: ViewSettings
  /** The point whose card stays open: its place on the stage. */
  readonly pinned: number | null
  readonly notices: readonly Notice[]
}

export const FIRST_EXPERIMENT = withPreset(parseExperiment({}), 'arcface')

export const useSession = create<SessionState>(() => ({
  experiment: FIRST_EXPERIMENT,
  status: { kind: 'loading', what: 'the engine', fraction: null },
  run: null,
  playback: null,
  backend: null,
  speed: null,
  points: { split: 'test', count: 2000 },
  view: {
    ...{ space: 'raw', regions: true, margins: true, terms: true, sizes: true },
    ...{ hiddenClasses: [], focusedClass: null },
  },
  pinned: null,
  notices: [],
}))

const { setState } = useSession

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

let notices = 0

/** Tells the user something that they need not act on. */
export function notify(text: string): void {
  setState((state) => ({ notices: [...state.notices, { id: notices++, text }] }))
}

export function dismissNotice(id: number): void {
  setState((state) => ({ notices: state.notices.filter((notice) => notice.id !== id) }))
}
