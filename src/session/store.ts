import { createStore } from 'zustand/vanilla'
import type { Experiment } from '../engine/config'
import {
  activeRun,
  firstState,
  newRun,
  type PipelineChoice,
  type RunState,
  type SessionState,
  type ViewSettings,
} from './state'

type Change = Partial<SessionState> | ((state: SessionState) => Partial<SessionState>)

/** The state of a session, and the changes of it that need nothing else. */
export class SessionStore {
  /** For React, see context.ts. */
  readonly api = createStore<SessionState>(firstState)
  private notices = 0

  get state(): SessionState {
    return this.api.getState()
  }

  /** The run that panels and settings are of. */
  get active(): RunState {
    return activeRun(this.state)
  }

  set(change: Change): void {
    this.api.setState(change)
  }

  /** Calls `listener` after each change. @returns how to stop that */
  subscribe(listener: (now: SessionState, before: SessionState) => void): () => void {
    return this.api.subscribe(listener)
  }

  /** The run of that id; null where it has been removed. */
  run(id: number): RunState | null {
    return this.state.runs.find((run) => run.id === id) ?? null
  }

  setRun(id: number, change: Partial<Omit<RunState, 'id'>>): void {
    this.set(({ runs }) => ({ runs: runs.map((run) => (run.id === id ? { ...run, ...change } : run)) }))
  }

  /** What panels and settings are of, from now on. */
  activate(id: number): void {
    if (this.run(id)) this.set({ active: id })
  }

  /** Adds a run behind the others. */
  addRun(id: number, experiment: Experiment): void {
    this.set(({ runs }) => ({ runs: [...runs, newRun(id, experiment)] }))
  }

  /** Takes a run away; the last one stays. Where it was active, the first of the others is. */
  removeRun(id: number): void {
    const { runs, active, forAll } = this.state
    const left = runs.filter((run) => run.id !== id)
    if (left.length === 0) return
    this.set({
      runs: left,
      active: id === active ? left[0]!.id : active,
      forAll: forAll && left.length > 1,
    })
  }

  setView(change: Partial<ViewSettings>): void {
    this.set(({ view }) => ({ view: { ...view, ...change } }))
  }

  /** Shows or hides a class on the stage. */
  toggleClass(index: number): void {
    const { hiddenClasses } = this.state.view
    const hidden = hiddenClasses.includes(index)
    this.setView({
      hiddenClasses: hidden ? hiddenClasses.filter((j) => j !== index) : [...hiddenClasses, index],
    })
  }

  /** Singles out a class, or ends that when it is the one. */
  focusClass(index: number | null): void {
    this.setView({ focusedClass: index === this.state.view.focusedClass ? null : index })
  }

  /** Keeps the card of a point open, or none. It is the point that passes through the pipeline, from then on. */
  pin(point: number | null): void {
    this.set({ pinned: point })
    if (point !== null) this.setPipeline({ point })
  }

  setPipeline(change: Partial<PipelineChoice>): void {
    this.setView({ pipeline: { ...this.state.view.pipeline, ...change } })
  }

  showPanels(panels: readonly string[] | null): void {
    this.set({ panels })
  }

  /** Tells the user something that they need not act on. */
  notify(text: string): void {
    const id = this.notices++
    this.set(({ notices }) => ({ notices: [...notices, { id, text }] }))
  }

  dismissNotice(id: number): void {
    this.set(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }))
  }
}
