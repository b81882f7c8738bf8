import type { Picture } from '../render/export'
import { whole } from '../render/format'
import { group } from '../render/marks'
import { drawScheduler, type DrawTask } from '../render/scheduler'
import { SvgCanvas } from '../render/svg-canvas'
import { themeSource, type Theme } from '../render/theme'
import type { RunView } from '../session/run-view'
import { actingHead } from '../session/acting-head'
import { lossName } from '../session/run-names'
import type { Session } from '../session/session'
import { activeRun, isPlaying, shownExperiment, type SessionState, type ViewSettings } from '../session/state'
import {
  isEmpty,
  type Drawing,
  type Empty,
  type Handle,
  type Panel,
  type Readout,
  type Figure,
} from './panel'

/** Milliseconds between two drawings while the run plays: more often, nobody could read them. */
const LIVE_INTERVAL_MS = 62

export interface FigureEvents {
  /** There is nothing to draw, or (null) there is again. */
  empty(empty: Empty | null): void
  /** The drawing threw; nothing is drawn until `retry`. */
  failed(error: unknown): void
  /** What the readout says now. */
  read(readout: Readout | null, width: number, height: number): void
}

/**
 * Keeps one panel's drawing in an <svg> up to date: with the run (or what was shown when it began), the session, the
 * theme and its size.
 */
export class LiveFigure implements DrawTask {
  notBefore = 0
  private readonly canvas: SvgCanvas
  private drawing: Drawing
  private figure: Figure | null = null
  private width = 0
  private height = 0
  private visible = true
  private failed = false
  private drawnAt = 0
  private readonly run: RunView
  private frame: RunView['frame']
  /** The place that is read, or null. */
  private reading: number | null = null
  private unwatch: (() => void) | null = null
  private readonly setView = (change: Partial<ViewSettings>): void => this.session.store.setView(change)
  private readonly unsubscribe: (() => void)[]

  /** @param scale of type and lines: more than 1 where the figure is large. */
  constructor(
    private readonly session: Session,
    readonly panel: Panel,
    svg: SVGSVGElement,
    private readonly scale: number,
    private readonly events: FigureEvents,
  ) {
    this.canvas = new SvgCanvas(svg)
    this.run = session.panelView
    this.frame = this.run.frame
    this.drawing = panel.create()
    this.unsubscribe = [
      this.run.subscribe(() => this.runChanged()),
      session.store.subscribe((now, before) => this.sessionChanged(now, before)),
      themeSource.subscribe(() => this.invalidate(true)),
    ]
  }

  dispose(): void {
    for (const end of this.unsubscribe) end()
    this.unwatch?.()
    drawScheduler.cancel(this)
    this.canvas.clear()
  }

  resize(width: number, height: number): void {
    if (width === this.width && height === this.height) return
    this.width = width
    this.height = height
    this.invalidate(true)
  }

  /** Out of sight, nothing is drawn. */
  setVisible(visible: boolean): void {
    this.visible = visible
    this.unwatch?.()
    this.unwatch = visible ? (this.panel.watch?.(() => this.invalidate(true), this.session) ?? null) : null
    if (visible) this.invalidate(true)
    else drawScheduler.cancel(this)
  }

  retry(): void {
    this.failed = false
    this.drawing = this.panel.create()
    this.invalidate(true)
  }

  draw(): void {
    try {
      this.drawnAt = performance.now()
      const { width, height } = this
      const { run } = this
      // What is shown has changed: the figure goes in a moment.
      if (run !== this.session.panelView) return
      const { state } = this.session
      const { view, playback, pinned } = state
      const experiment = shownExperiment(state)
      const drawn = this.drawing.draw({
        run,
        session: { experiment, status: activeRun(state).status, view, playback, pinned },
        data: this.panel.data?.(),
        head: actingHead(experiment, run),
        setView: this.setView,
        width,
        height,
        theme: this.theme,
      })
      this.figure = isEmpty(drawn) ? null : drawn
      this.events.empty(isEmpty(drawn) ? drawn : null)
      this.drawFigure()
    } catch (error) {
      this.failed = true
      this.figure = null
      this.canvas.clear()
      this.events.failed(error)
    }
  }

  /** Reads the values nearest to a place, in pixels. */
  readAt(x: number, y: number): void {
    this.read(this.figure?.readouts.nearest(x, y) ?? null)
  }

  /** What can be dragged at a place, within `reach` pixels. */
  handleAt(x: number, y: number, reach: number): Handle | null {
    const handle = this.figure?.handle
    if (!handle || Math.abs(x - handle.x) > reach) return null
    return y >= handle.top - reach && y <= handle.bottom + reach ? handle : null
  }

  /** Drags what can be dragged. */
  drag(x: number): void {
    this.figure?.handle?.move(x)
  }

  /** Ends reading. */
  stopReading(): void {
    this.read(null)
  }

  /** Reads on, `by` places further. @returns what there is to read */
  readOn(by: number): Readout | null {
    if (!this.figure) return null
    const { start } = this.figure.readouts
    this.read(this.reading === null ? start : this.reading + by)
    return this.reading === null ? null : this.figure.readouts.at(this.reading)
  }

  get isReading(): boolean {
    return this.reading !== null
  }

  /** How many places there are to read. */
  get places(): number {
    return this.figure?.readouts.count ?? 0
  }

  /** The class that is being read, if it is one. */
  get readClass(): number | null {
    if (!this.figure || this.reading === null) return null
    return this.figure.readouts.at(this.reading).classIndex ?? null
  }

  get summary(): string {
    return this.figure?.summary ?? ''
  }

  /** The figure as it is, for a file. */
  picture(): Picture | null {
    if (!this.figure) return null
    const { experiment, state } = this.session
    const { embeddings } = state
    const name = lossName(experiment)
    return {
      marks: this.figure.marks,
      width: this.width,
      height: this.height,
      theme: this.theme,
      title: `${this.panel.title}: ${this.panel.subtitle}`,
      origin: `Loss Geometry Lab · ${
        embeddings ? embeddings.name : `${name} · step ${whole(this.run.frame?.step ?? 0)}`
      }`,
    }
  }

  private get theme(): Theme {
    const theme = themeSource.current
    const { scale } = this
    return scale === 1 ? theme : { ...theme, rem: scale * theme.rem, line: scale * theme.line }
  }

  private read(index: number | null): void {
    const before = this.reading
    this.reading = index === null ? null : Math.max(0, Math.min(this.places - 1, index))
    // The data did not change: only the readout is drawn anew.
    if (this.reading !== before) this.drawFigure()
  }

  private drawFigure(): void {
    const { figure, width, height } = this
    const count = this.places
    // Classes may have been hidden, or the figure become narrower.
    if (this.reading !== null) this.reading = count === 0 ? null : Math.min(this.reading, count - 1)
    const readout = figure && this.reading !== null ? figure.readouts.at(this.reading) : null
    this.canvas.draw(figure ? [...figure.marks, group('readout', readout?.marks ?? [])] : [])
    this.events.read(readout, width, height)
  }

  private runChanged(): void {
    const { frame } = this.run
    const isNew = frame !== null && frame !== this.frame
    this.frame = frame
    if (isNew && this.panel.needs.every((field) => frame[field] === null)) return
    this.invalidate(false)
  }

  private sessionChanged(now: SessionState, before: SessionState): void {
    const { experiment, status } = activeRun(now)
    const last = activeRun(before)
    const same =
      experiment === last.experiment &&
      now.view === before.view &&
      now.pinned === before.pinned &&
      status === last.status &&
      now.playback?.ended === before.playback?.ended
    // What the user does is answered at once.
    if (!same) this.invalidate(status === last.status)
  }

  private invalidate(soon: boolean): void {
    if (this.failed || !this.visible || this.width === 0 || this.height === 0) return
    const playing = isPlaying(this.session.state)
    this.notBefore = soon || !playing ? 0 : this.drawnAt + LIVE_INTERVAL_MS
    drawScheduler.request(this)
  }
}
