import { proxy, transfer, wrap, type Remote } from 'comlink'
import type { BackendName } from '../engine/backends'
import { sameVariables, type Experiment } from '../engine/config'
import type { ImageSet } from '../io/dataset-file'
import type { Engine } from '../engine/engine'
import type { EngineEvents } from '../engine/events'
import type { Frame, PointSelection } from '../engine/frame'
import type { Checkpoint } from '../engine/trainer'
import type { UnseenFeatures } from '../engine/unseen-watch'
import type { StartEngine } from '../engine/worker'
import { History } from './history'
import { RunView, type Look } from './run-view'
import { notify, setView, useSession } from './store'

/** The points and curves of the present run. */
export const runView = new RunView()

/** After this many crashes of the worker it is not started again by itself. */
const MOST_CRASHES = 3

/** The engine in its Worker; everything the page asks of it goes through here. */
class EngineClient {
  private engine: Promise<Remote<Engine>> | null = null
  private worker: Worker | null = null
  private crashes = 0
  /** Images of the run that is told next. */
  private nextData: ImageSet | null = null
  private takeUnseen: ((features: UnseenFeatures) => void) | null = null
  private saved: { readonly checkpoint: Checkpoint; readonly run: number } | null = null
  /** What the run goes on from, until it has begun. */
  private origin: { readonly checkpoint: Checkpoint; readonly experiment: Experiment } | null = null
  /** While a recording is shown: what there is to see of the run behind it, by the first of the points. */
  private behind: Map<number, Frame> | null = null
  private backend: BackendName | 'auto' = 'auto'
  private unseenBehind: UnseenFeatures | null = null
  /** The recording is where the engine is. */
  private caughtUp = false

  /** From now on the engine's run is not shown; nor is what is still on its way from the run before. */
  hide(): void {
    this.behind = new Map()
    this.unseenBehind = null
    this.caughtUp = false
    runView.verification = null
    useSession.setState({ run: null })
  }

  /** Unseen identities are seen by the engine, which is at the end of the recording: they are shown only there. */
  catchUp(ended: boolean): void {
    if (ended === this.caughtUp) return
    this.caughtUp = ended
    if (!ended) {
      runView.verification = null
      runView.changed()
    } else if (this.unseenBehind) {
      this.takeUnseen?.(this.unseenBehind)
    }
  }

  /** Shows the engine's run in place of the recording, as soon as there is something to see of it. */
  reveal(): void {
    const { behind } = this
    this.behind = null
    if (!behind || behind.size === 0) return
    this.makeRoom(useSession.getState().points, runView.history)
    for (const frame of behind.values()) runView.take(frame)
  }

  /** The next run that is opened is shown. */
  forget(): void {
    this.behind = null
    useSession.setState({ run: null })
  }

  /** Starts the worker and opens the experiment of the store. */
  start(resumed: Checkpoint | null = null): void {
    this.worker?.terminate()
    this.origin = resumed && { checkpoint: resumed, experiment: useSession.getState().experiment }
    const worker = new Worker(new URL('../engine/worker.ts', import.meta.url), { type: 'module' })
    worker.addEventListener('error', (event) => {
      event.preventDefault()
      this.crashed(event.message)
    })
    this.worker = worker
    const startEngine = wrap<StartEngine>(worker)
    this.engine = startEngine(document.baseURI, proxy(this.events))
    const { experiment, speed, points } = useSession.getState()
    this.call((engine) => engine.setSpeed(speed))
    this.call((engine) => engine.select(points))
    if (this.backend !== 'auto') this.chooseBackend(this.backend)
    if (this.takeUnseen) this.call((engine) => engine.watchUnseen(true))
    this.call((engine) => engine.open(experiment, resumed))
  }

  /** Starts the worker anew after a failure; the run goes on from its last checkpoint. */
  retry(): void {
    this.start(this.lastCheckpoint())
  }

  /** Gives the engine the contents of a file of the user's; its arrays are given away. */
  provide(hash: string, set: ImageSet): void {
    const arrays = [set.labels.buffer, set.pixels.buffer] as ArrayBuffer[]
    this.call((engine) => engine.provide(hash, transfer(set, arrays)))
  }

  /** Opens the experiment of the store once more, now that what it lacked is there. */
  reopen(): void {
    const checkpoint = this.lastCheckpoint()
    this.call((engine) => engine.open(useSession.getState().experiment, checkpoint))
  }

  /** Begins a run of an experiment, or goes on with it from a checkpoint. */
  open(experiment: Experiment, resumed: Checkpoint | null = null): void {
    this.origin = resumed && { checkpoint: resumed, experiment }
    if (this.worker) this.call((engine) => engine.open(experiment, resumed))
    else this.start(resumed)
  }

  update(experiment: Experiment, change: string): void {
    const { origin } = this
    // A run that has not begun can not take a change: it begins with it.
    if (origin && sameVariables(origin.experiment, experiment)) {
      this.open(experiment, origin.checkpoint)
      return
    }
    this.call((engine) => engine.update(experiment, change))
  }

  play(): void {
    this.call((engine) => engine.play())
  }

  pause(): void {
    this.call((engine) => engine.pause())
  }

  stepOnce(): void {
    this.call((engine) => engine.stepOnce())
  }

  rollBack(): void {
    this.call((engine) => engine.rollBack())
  }

  setSpeed(stepsPerSecond: number | null): void {
    this.call((engine) => engine.setSpeed(stepsPerSecond))
  }

  select(points: PointSelection): void {
    this.makeRoom(points, runView.history)
    this.call((engine) => engine.select(points))
  }

  /** Asks for the features of the identities that are never trained on, or (null) no longer. */
  watchUnseen(take: ((features: UnseenFeatures) => void) | null): void {
    this.takeUnseen = take
    this.call((engine) => engine.watchUnseen(take !== null))
  }

  chooseBackend(choice: BackendName | 'auto'): void {
    this.backend = choice
    this.call((engine) => engine.chooseBackend(choice))
  }

  /** How the present run sees pictures that are not of its data; null where it can't. */
  async lookAt(pixels: Uint8Array, labels: readonly number[]): Promise<Look | null> {
    try {
      return (await (await this.engine)?.lookAt(pixels, labels)) ?? null
    } catch (error) {
      this.crashed(error instanceof Error ? error.message : String(error))
      return null
    }
  }

  private call(request: (engine: Remote<Engine>) => Promise<unknown>): void {
    void this.engine?.then(request).catch((error: unknown) => {
      this.crashed(error instanceof Error ? error.message : String(error))
    })
  }

  private readonly events: EngineEvents = {
    frame: (frame) => this.show(frame),
    status: (status) => useSession.setState({ status }),
    data: (data) => {
      this.nextData = data
    },
    run: (info) => {
      this.takeData()
      const before = useSession.getState().run
      this.origin = null
      if (this.behind) {
        this.behind.clear()
        useSession.setState({ run: info })
        return
      }
      useSession.setState({ run: info, pinned: null })
      if (before?.run !== info.run) runView.verification = null
      const goesOn = before?.run === info.run || info.step > 0
      this.makeRoom(useSession.getState().points, goesOn ? runView.history : new History())
    },
    unseen: (features) => {
      this.unseenBehind = this.behind && features
      if (!this.behind || this.caughtUp) this.takeUnseen?.(features)
    },
    backend: (backend) => useSession.setState({ backend }),
    checkpoint: (checkpoint, run) => {
      this.saved = { checkpoint, run }
    },
    notice: (text) => notify(text),
  }

  /** Takes new images together with the run that they are of: the frame before has the classes of the old ones. */
  private takeData(): void {
    const { nextData } = this
    if (!nextData) return
    // Hidden and singled out are places in the list of classes.
    if (nextData.classes.join('\n') !== runView.classes.join('\n')) {
      setView({ hiddenClasses: [], focusedClass: null })
    }
    runView.data = nextData
    this.nextData = null
  }

  private makeRoom(points: PointSelection, history: History): void {
    runView.reset(points, useSession.getState().experiment.network.dimension, history)
  }

  /** Takes a frame, and asks for the next when this one is on the screen. */
  private show(frame: Frame): Promise<void> {
    if (frame.run === useSession.getState().run?.run) {
      if (!this.behind) runView.take(frame)
      else if (frame.points) this.behind.set(frame.points.first, frame)
    }
    return new Promise((resolve) => {
      if (document.hidden) resolve()
      else requestAnimationFrame(() => resolve())
    })
  }

  private lastCheckpoint(): Checkpoint | null {
    const { run, experiment } = useSession.getState()
    const { origin } = this
    if (origin) return sameVariables(origin.experiment, experiment) ? origin.checkpoint : null
    // A run whose images could not be loaded has none: what is saved is of the one before.
    if (!run || this.saved?.run !== run.run) return null
    return sameVariables(run.experiment, experiment) ? this.saved.checkpoint : null
  }

  private crashed(reason: string): void {
    this.crashes++
    if (this.crashes > MOST_CRASHES) {
      const message = `The engine stopped ${this.crashes} times (${reason}). Reload the page to start it again.`
      useSession.setState({ status: { kind: 'failed', message } })
      return
    }
    const checkpoint = this.lastCheckpoint()
    notify(
      checkpoint
        ? `The engine stopped (${reason}) and was started again; the run goes on from step ${checkpoint.step}.`
        : `The engine stopped (${reason}) and was started again.`,
    )
    this.start(checkpoint)
  }
}

export const engine = new EngineClient()
