import type { Experiment } from '../engine/config'
import type { PointSelection } from '../engine/frame'
import type { RecordedSet } from '../engine/recordings'
import type { Camera } from '../render/stage/camera'
import type { StageLink } from '../render/stage/link'
import { recordedIn, type Moment, type MomentView } from './moment'
import type { Playback } from './playback'
import type { Runs } from './runs'
import type { RunState, SessionState } from './state'
import type { SessionStore } from './store'
import type { Transport } from './transport'

/** What a moment is read from and shown by: see `Session`. */
interface MomentSession {
  readonly store: SessionStore
  readonly runs: Runs
  readonly playback: Playback
  readonly transport: Transport
  readonly stages: StageLink
  open(...experiments: readonly Experiment[]): void
  openRecorded(set: RecordedSet): ReturnType<Playback['open']>
  selectPoints(points: PointSelection): void
}

/** What a view names of the data set, whose images come with the run. */
type InData = Named<Pick<MomentView, 'hiddenClasses' | 'focusedClass' | 'pinned'>>

/** Reads what a session shows as a moment, and has it show one. Nothing else restores state. */
export class Moments {
  /** Ends waiting for the run of the moment that was shown last. */
  private endWaiting: (() => void) | null = null
  /** What is to be shown when that run has begun. */
  private waiting: InData | null = null

  constructor(private readonly session: MomentSession) {}

  /** Other runs are asked for than those of the moment that was shown last. */
  forget(): void {
    this.endWaiting?.()
    this.endWaiting = null
    this.waiting = null
  }

  /** What the session shows. Live runs are named by their beginnings, from which they begin again where it is shown. */
  read(): Moment {
    const { playback, store } = this.session
    const { state } = store
    const { runs, active, forAll, speed, panels, lab } = state
    const { player } = playback
    const recorded = player &&
      state.playback && {
        playback: { name: state.playback.name, step: player.step, speed: player.speed },
        playing: player.playing,
      }
    return {
      runs: runs.map(({ id, experiment }) => {
        const recording = playback.recordingOf(id)
        return recording === null ? { experiment } : { experiment, recording }
      }),
      ...recorded,
      active: runs.findIndex(({ id }) => id === active),
      forAll,
      speed,
      view: this.readView(state),
      panels: { shown: panels && [...panels] },
      page: { lab },
    }
  }

  private readView({ view, points, pinned, embeddings }: SessionState): MomentView {
    const { hiddenClasses, focusedClass, threshold, ...others } = view
    const camera = this.camera.place
    // Of embeddings, which no moment has, these say nothing of the run that rests meanwhile.
    if (embeddings) return { ...others, points, camera }
    const { images } = this.session.runs.view
    return {
      ...others,
      hiddenClasses: [...hiddenClasses],
      focusedClass,
      threshold,
      points,
      pinned: pinned === null ? null : (images[pinned] ?? null),
      camera,
    }
  }

  /** Shows a moment; what it does not name stays as it is. */
  show(moment: Moment): void {
    const { store, transport } = this.session
    const { view = {}, panels, page, speed } = moment
    const { space, regions, margins, terms, sizes, threshold, triplet, pipeline, points } = view
    const { hiddenClasses, focusedClass, pinned } = view
    const inData = named({ hiddenClasses, focusedClass, pinned })
    if (panels) store.showPanels(panels.shown)
    if (page?.lab !== undefined) store.set({ lab: page.lab })
    if (speed !== undefined) transport.setSpeed(speed)
    store.setView(named({ space, regions, margins, terms, sizes, threshold, triplet, pipeline }))
    if (points && !samePoints(points, store.state.points))
      this.choosePoints(points, moment.runs !== undefined)
    if (moment.runs) {
      this.showRuns(moment, inData)
      return
    }
    this.chooseRun(moment)
    if (this.waiting) Object.assign(this.waiting, inData)
    else if (this.session.runs.view.classes.length > 0) this.showInData(inData)
    else this.whenBegun([], inData)
  }

  private showRuns(moment: Moment, inData: InData): void {
    const { session } = this
    const recorded = recordedIn(moment)
    const before = session.store.state.runs
    if (!recorded) {
      session.open(...moment.runs!.map(({ experiment }) => experiment))
      this.chooseRun(moment)
      this.whenBegun(before, inData)
      if (moment.playing) session.transport.play()
      return
    }
    const opened = session.openRecorded(recorded)
    this.waiting = inData
    void opened.then((outcome) => {
      if (outcome === 'replaced') {
        // What was asked for instead need not have been a moment.
        if (this.waiting === inData) this.waiting = null
        return
      }
      this.chooseRun(moment)
      if (outcome === 'live') {
        this.whenBegun(before, inData)
        return
      }
      this.forget()
      this.showInData(inData)
      this.showPlayback(moment)
    })
  }

  private showPlayback({ playback, playing = true }: Moment): void {
    const { player } = this.session.playback
    if (!player || !playback) return
    this.session.playback.setSpeed(playback.speed)
    if (playback.step > 0) player.seekStep(playback.step)
    if (!playing) player.pause()
  }

  private choosePoints(points: PointSelection, forRuns: boolean): void {
    const { session } = this
    if (!forRuns) {
      session.selectPoints(points)
      return
    }
    // The recordings that are shown make room for others: they need not go on live for that.
    session.playback.leave()
    session.runs.select(points)
  }

  /** Which of the runs, now that they are there. */
  private chooseRun({ runs, active, forAll, view }: Moment): void {
    const { store } = this.session
    const { state } = store
    const chosen = active === undefined ? undefined : state.runs[active]
    if (chosen) store.activate(chosen.id)
    if (forAll !== undefined || runs) store.set({ forAll: (forAll ?? false) && state.runs.length > 1 })
    if (view?.camera !== undefined) this.camera.place = view.camera
  }

  /** What is not in the data set is left out. */
  private showInData({ hiddenClasses, focusedClass, pinned }: InData): void {
    const { store, runs } = this.session
    const { classes, images } = runs.view
    const known = (j: number): boolean => j < classes.length
    if (hiddenClasses) store.setView({ hiddenClasses: hiddenClasses.filter(known) })
    if (focusedClass !== undefined) {
      store.setView({ focusedClass: focusedClass !== null && known(focusedClass) ? focusedClass : null })
    }
    if (pinned === undefined) return
    const point = pinned === null ? -1 : images.indexOf(pinned)
    store.pin(point < 0 ? null : point)
  }

  /** Shows it when the active run is one that was not there `before`; not if other runs are asked for meanwhile. */
  private whenBegun(before: readonly RunState[], inData: InData): void {
    this.forget()
    this.waiting = inData
    const { runs, store } = this.session
    const seen = new Set(before.map(({ run }) => run))
    const look = (): void => {
      const { run, experiment } = store.active
      if (run === null || seen.has(run)) return
      seen.add(run)
      // Else it is what an engine still had to say of the run before.
      if (JSON.stringify(run.experiment) !== JSON.stringify(experiment)) return
      this.forget()
      this.showInData(inData)
    }
    this.endWaiting = runs.subscribeView(look)
    look()
  }

  private get camera(): Camera {
    const { session } = this
    return session.stages.camera(session.store.active.experiment.network.dimension > 2)
  }
}

const samePoints = (a: PointSelection, b: PointSelection): boolean =>
  a.split === b.split && a.count === b.count

type Named<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/** Without what is undefined. */
function named<T extends object>(values: T): Named<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Named<T>
}
