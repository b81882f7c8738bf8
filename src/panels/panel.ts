import type { ComponentType } from 'react'
import type { Experiment } from '../engine/config'
import type { Frame } from '../engine/frame'
import type { ActiveHead } from '../losses/head'
import type { Mark } from '../render/marks'
import type { Theme } from '../render/theme'
import type { RunView } from '../session/run-view'
import type { Session } from '../session/session'
import type { RunState, SessionState, ViewSettings } from '../session/state'

/**
 * A live figure. Adding one is adding a folder here whose panel.ts exports `panel`; nothing else changes.
 * Text is plain or has TeX between dollar signs (see render/math-text.ts).
 */
export interface Panel<Data = unknown> {
  /** The name of its folder. */
  readonly id: string
  /** The panel that it stands behind; null for the first. */
  readonly after: string | null
  readonly title: string
  /** What is drawn, beside the title. */
  readonly subtitle: string
  /** What to look for, in one sentence. */
  readonly help: string
  /** Frames that bring none of these need no new drawing. */
  readonly needs: readonly (keyof Frame)[]
  /** How much of the column it takes, beside 1. */
  readonly share: number
  /** Whether it stands across the page, below stage and column, rather than in the column. */
  readonly wide?: true
  /** Whether it has something to show of a run; without it, of every one. */
  readonly concerns?: (experiment: Experiment) => boolean
  /** What is otherwise where it shows embeddings from elsewhere, which nothing here trained. */
  readonly ofEmbeddings?: Partial<Omit<Panel, 'id' | 'ofEmbeddings'>>
  /** By what it compares runs side by side. */
  readonly compared?: Compared
  /** What the user sets in it, above the figure. */
  readonly Controls?: ComponentType
  /**
   * Asks for what it needs beside frames, from when it comes into sight until the returned function is called.
   * @param changed asks for a new drawing
   */
  readonly watch?: (changed: () => void, session: Session) => () => void
  /** What it draws from beside the run, read for each drawing; `watch` says when it is another. */
  readonly data?: () => Data
  /** What the enlarged panel shows below its figure; type and lines of that are larger by `scale`. */
  readonly Enlarged?: ComponentType<{ readonly scale: number }>
  /** Begins a drawing, which may keep buffers and axes from one time to the next. */
  create(): Drawing<Data>
}

/** The numbers of a figure that tell runs apart. */
export interface Compared {
  /** What they are: plain or with TeX between dollar signs. */
  readonly columns: readonly string[]
  /** Of one run, as text: one for each column. Called only for runs that have points. */
  readonly values: (run: RunView, head: ActiveHead) => readonly string[]
}

export interface Drawing<Data = unknown> {
  draw(context: PanelContext<Data>): Figure | Empty
}

/** What there is to draw, and where. Knows no page, so that drawings can be tested without one. */
export interface PanelContext<Data = unknown> {
  readonly run: RunView
  readonly session: PanelSession
  /** As the panel's `data` gives it. */
  readonly data: Data
  /** The head as it acts now, the user's last change included. */
  readonly head: ActiveHead
  /** Changes what stage and panels show, as a handle does that is dragged. */
  readonly setView: (change: Partial<ViewSettings>) => void
  /** Pixels. */
  readonly width: number
  readonly height: number
  readonly theme: Theme
}

export type PanelSession = Pick<SessionState, 'view' | 'playback' | 'pinned'> &
  Pick<RunState, 'experiment' | 'status'>

export interface Figure {
  readonly marks: readonly Mark[]
  /** What there is to see, for those who don't. */
  readonly summary: string
  readonly readouts: Readouts
  readonly handle?: Handle
}

/** A line upright in the figure that can be dragged sideways; all in pixels. */
export interface Handle {
  readonly x: number
  readonly top: number
  readonly bottom: number
  /** Moves it to this x, or as near as it goes. */
  move(x: number): void
}

/** There is nothing to draw. */
export interface Empty {
  /** Why, and what to do. */
  readonly empty: string
  /** It will stay so for a while: the panel needs little room. */
  readonly small: boolean
}

/** Places in a drawing whose values can be read, in order; good until the next drawing. */
export interface Readouts {
  readonly count: number
  /** Where reading by keyboard starts. */
  readonly start: number
  nearest(x: number, y: number): number
  at(index: number): Readout
}

export interface Readout {
  /** Where the values are, in pixels. */
  readonly x: number
  readonly y: number
  /** The first says where, the others what. */
  readonly lines: readonly string[]
  /** Drawn over the figure, to show where. */
  readonly marks: readonly Mark[]
  /** The class that it is about. */
  readonly classIndex?: number
}

/** Whether a drawing had nothing to draw. */
export function isEmpty(drawn: Figure | Empty): drawn is Empty {
  return 'empty' in drawn
}
