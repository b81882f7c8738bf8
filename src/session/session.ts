import type { Experiment } from '../engine/config'
import type { PointSelection } from '../engine/frame'
import type { RecordedSet } from '../engine/recordings'
import type { Environment } from './environment'
import { StageLink } from '../render/stage/link'
import { Embeddings } from './import/embeddings'
import { OwnFiles } from './import/own-files'
import { MOST_RUNS, type Moment } from './moment'
import { Moments } from './moments'
import { Playback } from './playback'
import { Probe } from './probe'
import { Runs } from './runs'
import type { RunView } from './run-view'
import { Settings } from './settings'
import type { SessionState } from './state'
import { SessionStore } from './store'
import { Transport } from './transport'
import { Verifier } from './verifier'

/** A session with one run that has not begun. Several do not know of each other, also on one page. */
export function createSession(environment: Environment): Session {
  return new Session(environment)
}

/** Runs side by side, live or recorded, what is shown of them and how, and all that a page can ask of them. */
export class Session {
  readonly store = new SessionStore()
  readonly runs: Runs
  readonly playback: Playback
  readonly settings: Settings
  readonly transport: Transport
  readonly verifier: Verifier
  readonly probe: Probe
  readonly embeddings: Embeddings
  readonly files: OwnFiles
  /** From where one looks at the stages. */
  readonly stages = new StageLink()
  private readonly moments = new Moments(this)

  constructor(environment: Environment) {
    const { store } = this
    this.runs = new Runs(store, environment)
    this.playback = new Playback(store, this.runs, environment)
    this.settings = new Settings(store, this.runs, this.playback)
    this.transport = new Transport(store, this.runs, this.playback)
    this.verifier = new Verifier(store, this.runs, environment)
    this.probe = new Probe(store, this.runs, this.playback)
    this.embeddings = new Embeddings(store, this.runs, this.playback)
    this.files = new OwnFiles(store, this.runs, this.playback, this.settings, this.embeddings, environment)
  }

  /** Ends its runs and all that works for it. */
  dispose(): void {
    this.moments.forget()
    this.playback.leave()
    this.files.dispose()
    this.verifier.dispose()
    this.runs.dispose()
  }

  get state(): SessionState {
    return this.store.state
  }

  /** The experiment of the active run. */
  get experiment(): Experiment {
    return this.store.active.experiment
  }

  /** What the stage shows: the points of the active run, or of embeddings in its place. */
  get stageView(): RunView {
    return this.state.embeddings?.stage ?? this.runs.view
  }

  /** What the panels show; of embeddings that is more than what the stage draws. */
  get panelView(): RunView {
    return this.state.embeddings?.panels ?? this.runs.view
  }

  /** What it shows, as one value that a link carries. */
  moment(): Moment {
    return this.moments.read()
  }

  /** Shows a moment; what that does not name stays as it is. */
  show(moment: Moment): void {
    this.moments.show(moment)
  }

  /** Begins another experiment, or several side by side. */
  open(...experiments: readonly Experiment[]): void {
    this.moments.forget()
    this.embeddings.leave()
    this.playback.leave()
    this.store.set({ probe: null })
    this.runs.open(experiments)
    this.store.activate(this.runs.all[0]!.id)
  }

  /** Shows recorded runs, which then go on live. @returns what is shown then, see `Playback.open` */
  openRecorded(set: RecordedSet): ReturnType<Playback['open']> {
    this.moments.forget()
    this.embeddings.leave()
    return this.playback.open(set)
  }

  /** Begins an experiment from its start and plays it. Runs side by side stay so, and begin together. */
  beginAnew(next: Experiment): void {
    if (this.state.runs.length === 1) this.open(next)
    else {
      this.settings.setExperiment(next)
      this.transport.reset()
    }
    this.transport.play()
  }

  /** Adds a run beside the others, as a copy of the active one; all begin together. */
  addRun(): void {
    const { runs } = this.state
    if (runs.length >= MOST_RUNS) return
    const { experiment } = this
    this.moments.forget()
    this.embeddings.leave()
    const { begun } = this.settings
    this.playback.leave()
    this.runs.open([...runs.map((run) => run.experiment), experiment])
    this.store.set({ forAll: false })
    this.store.activate(this.runs.all[runs.length]!.id)
    if (begun) this.store.notify('All runs began again from their seed, so that they go side by side.')
  }

  /** Ends one of the runs side by side; the others go on, recorded or live. */
  removeRun(id: number): void {
    this.playback.drop(id)
    this.runs.remove(id)
  }

  /** Chooses which images are on the stage. */
  selectPoints(points: PointSelection): void {
    this.playback.goLive()
    this.runs.select(points)
  }
}
