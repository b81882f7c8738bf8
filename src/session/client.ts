import { transfer } from 'comlink'
import type { BackendName } from '../engine/backends'
import { sameVariables, type Experiment } from '../engine/config'
import type { ImageSet } from '../io/dataset-file'
import type { EngineEvents, EngineStatus } from '../engine/events'
import type { Frame, PointSelection } from '../engine/frame'
import type { Checkpoint } from '../engine/checkpoint'
import type { UnseenFeatures } from '../engine/unseen-watch'
import { reasonOf } from '../io/reason'
import { StandbyFrames } from './standby-frames'
import type { Paced } from './clock'
import type { EngineHelper, EnginePort, Environment } from './environment'
import { History } from './history'
import { RunView, type Evaluation } from './run-view'
import type { RunState } from './state'
import type { SessionStore } from './store'

/** After this many crashes of the worker it is not started again by itself. */
const MOST_CRASHES = 3

/** A run: its engine in a Worker, everything the page asks of it, and what there is to see of it. */
export class RunClient implements Paced {
  /** Points and curves. */
  readonly view = new RunView()
  /** The training step that the engine has come to. */
  step = 0
  /** It plays, or will as soon as it can. */
  going = false
  private helper: EngineHelper | null = null
  private crashes = 0
  /** Images of the engine's run, or of the one that it tells of next. */
  private images: ImageSet | null = null
  private receiveUnseen: ((features: UnseenFeatures) => void) | null = null
  private saved: { readonly checkpoint: Checkpoint; readonly run: number } | null = null
  /** What the run goes on from, until it has begun. */
  private origin: { readonly checkpoint: Checkpoint; readonly experiment: Experiment } | null = null
  /** While a recording is shown in place of the engine's run, which stands by. */
  private standby: StandbyFrames | null = null
  private backend: BackendName | 'auto' = 'auto'
  /** A run was asked for that has not begun: what comes is still of the one before. */
  private opening = false
  /** What `allow` said last: a new worker is told, too. */
  private leash: [step: number | null, rest: boolean] = [null, false]
  private endLooking: (() => void) | null = null
  private readonly ended = new Promise<null>((resolve) => {
    this.endLooking = () => resolve(null)
  })

  /** @param moved called when it has come further, or goes on no more */
  constructor(
    readonly id: number,
    private readonly store: SessionStore,
    private readonly environment: Environment,
    private readonly moved: () => void,
  ) {}

  get state(): RunState {
    return this.store.run(this.id) ?? this.store.state.runs[0]!
  }

  get started(): boolean {
    return this.helper !== null
  }

  get speed(): number | null {
    return this.view.frame?.stepsPerSecond ?? null
  }

  /** Ends the run and its worker. */
  dispose(): void {
    this.going = false
    this.helper?.end()
    this.helper = null
    this.endLooking?.()
  }

  /** From now on the engine's run is not shown; nor is what is still on its way from the run before. */
  hide(): void {
    this.standby = new StandbyFrames()
    this.view.verification = null
    this.store.setRun(this.id, { run: null })
  }

  /** Shows the engine's run in place of the recording, as soon as there is something to see of it. */
  reveal(): void {
    const { standby } = this
    this.standby = null
    if (!standby || standby.empty) return
    this.makeRoom(this.store.state.points, this.view.history)
    for (const frame of standby.frames) this.view.receive(frame)
  }

  /** The next run that is opened is shown. */
  forget(): void {
    this.standby = null
    this.store.setRun(this.id, { run: null })
  }

  /** Says what a run goes on from that is started later. */
  prepare(resumed: Checkpoint | null): void {
    this.step = resumed?.step ?? 0
    this.origin = resumed && { checkpoint: resumed, experiment: this.state.experiment }
  }

  /** Starts the worker and opens the experiment of the store, from what was prepared where nothing else is said. */
  start(resumed: Checkpoint | null = this.origin?.checkpoint ?? null): void {
    const first = this.helper === null
    this.helper?.end()
    this.prepare(resumed)
    this.helper = this.environment.startEngine(this.events, (reason) => this.crashed(reason))
    const { experiment } = this.state
    const { speed, points } = this.store.state
    this.call((engine) => engine.setSpeed(speed))
    this.call((engine) => engine.select(points))
    if (this.backend !== 'auto') this.chooseBackend(this.backend)
    if (this.receiveUnseen) this.call((engine) => engine.watchUnseen(true))
    this.call((engine) => engine.allow(...this.leash))
    this.call((engine) => engine.open(experiment, resumed))
    // A run beside others may have been told to play before it could.
    if (first && this.going) this.play()
    else this.going = false
  }

  /** Starts the worker anew after a failure; the run goes on from its last checkpoint. */
  retry(): void {
    this.start(this.lastCheckpoint())
  }

  /** Gives the engine the contents of a file of the user's. @param away whether its arrays are given away */
  provide(hash: string, set: ImageSet, away: boolean): void {
    const arrays = [set.labels.buffer, set.pixels.buffer] as ArrayBuffer[]
    this.call((engine) => engine.provide(hash, away ? transfer(set, arrays) : set))
  }

  /** Opens the experiment of the store once more, now that what it lacked is there. */
  reopen(): void {
    const checkpoint = this.lastCheckpoint()
    this.call((engine) => engine.open(this.state.experiment, checkpoint))
  }

  /** Begins a run of an experiment, or goes on with it from a checkpoint. */
  open(experiment: Experiment, resumed: Checkpoint | null = null): void {
    this.opening = true
    this.step = resumed?.step ?? 0
    this.origin = resumed && { checkpoint: resumed, experiment }
    if (this.helper) this.call((engine) => engine.open(experiment, resumed))
    else this.start(resumed)
  }

  update(experiment: Experiment, change: string): void {
    if (this.helper) {
      this.call((engine) => engine.update(experiment, change))
      return
    }
    // Its engine is not there yet: it begins with the change.
    const { origin } = this
    this.prepare(origin && sameVariables(origin.experiment, experiment) ? origin.checkpoint : null)
  }

  play(): void {
    this.going = true
    this.call((engine) => engine.play())
  }

  pause(): void {
    this.call((engine) => engine.pause())
  }

  stepOnce(): void {
    this.call((engine) => engine.stepOnce())
  }

  /** How far training may go, see `Engine.allow`. */
  allow(step: number | null, rest = false): void {
    this.leash = [step, rest]
    this.call((engine) => engine.allow(step, rest))
  }

  rollBack(): void {
    this.call((engine) => engine.rollBack())
  }

  setSpeed(stepsPerSecond: number | null): void {
    this.call((engine) => engine.setSpeed(stepsPerSecond))
  }

  select(points: PointSelection): void {
    this.makeRoom(points, this.view.history)
    this.call((engine) => engine.select(points))
  }

  /** Asks for the features of the identities that are never trained on, or (null) no longer. */
  watchUnseen(receive: ((features: UnseenFeatures) => void) | null): void {
    this.receiveUnseen = receive
    this.call((engine) => engine.watchUnseen(receive !== null))
  }

  chooseBackend(choice: BackendName | 'auto'): void {
    if (choice === this.backend && choice !== 'auto' && this.state.backend?.current === choice) return
    this.backend = choice
    this.call((engine) => engine.chooseBackend(choice))
  }

  /** How the present run sees pictures that are not of its data; null where it can't. */
  async evaluate(pixels: Uint8Array, labels: readonly number[]): Promise<Evaluation | null> {
    try {
      const evaluated = (await this.helper?.engine)?.evaluate(pixels, labels) ?? null
      return await Promise.race([evaluated, this.ended])
    } catch (error) {
      this.crashed(reasonOf(error))
      return null
    }
  }

  private call(request: (engine: EnginePort) => Promise<unknown>): void {
    void this.helper?.engine.then(request).catch((error: unknown) => {
      this.crashed(reasonOf(error))
    })
  }

  private readonly events: EngineEvents = {
    frame: (frame) => this.receive(frame),
    status: (status) => this.receiveStatus(status),
    data: (data) => {
      this.images = data
    },
    run: (info) => {
      this.receiveData()
      this.opening = false
      this.come(info.step)
      const before = this.state.run
      this.origin = null
      if (this.standby) {
        this.standby.clear()
        this.store.setRun(this.id, { run: info })
        // Pictures have come.
        this.view.changed()
        return
      }
      this.store.set({ pinned: null })
      this.store.setRun(this.id, { run: info })
      if (before?.run !== info.run) this.view.verification = null
      const goesOn = before?.run === info.run || info.step > 0
      this.makeRoom(this.store.state.points, goesOn ? this.view.history : new History())
    },
    reached: (step, run) => {
      if (run === this.state.run?.run && !this.opening) this.come(step)
    },
    // While a recording is shown, too: they are then as the weights of its end see them.
    unseen: (features) => this.receiveUnseen?.(features),
    backend: (backend) => this.store.setRun(this.id, { backend }),
    checkpoint: (checkpoint, run) => {
      this.saved = { checkpoint, run }
    },
    notice: (text) => this.store.notify(text),
  }

  private receiveStatus(status: EngineStatus): void {
    this.store.setRun(this.id, { status })
    if (status.kind === 'playing') this.going = true
    else if (status.kind !== 'loading' && status.kind !== 'measuring') this.going = false
    this.moved()
  }

  private come(step: number): void {
    this.step = step
    this.moved()
  }

  /**
   * Takes images together with the run that they are of: the frame before has the classes of the old ones. A recording
   * has images without pixels in their place; the engine does not send again what it has sent for the run before.
   */
  private receiveData(): void {
    const { images, view } = this
    if (!images || images === view.data) return
    const sameClasses = images.classes.join('\n') === view.classes.join('\n')
    // What is still on its way is of the run before the recording.
    const sameSizes = images.train === view.data?.train && images.test === view.data.test
    if (this.standby && !(sameClasses && sameSizes)) return
    // Hidden and singled out are places in the list of classes.
    if (!sameClasses) this.store.setView({ hiddenClasses: [], focusedClass: null })
    view.data = images
  }

  private makeRoom(points: PointSelection, history: History): void {
    this.view.reset(points, this.state.experiment.network.dimension, history)
  }

  /** Takes a frame of the run that is shown, and asks for the next when this one is on the screen. */
  private receive(frame: Frame): Promise<void> {
    const { run, experiment } = this.state
    // The user may have changed d since; a new run is on its way then.
    if (frame.run === run?.run && frame.dimension === experiment.network.dimension) {
      if (!this.opening) this.come(frame.step)
      if (!this.standby) this.view.receive(frame)
      else this.standby.keep(frame)
    }
    return this.environment.painted()
  }

  private lastCheckpoint(): Checkpoint | null {
    const { run, experiment } = this.state
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
      this.receiveStatus({ kind: 'failed', message })
      return
    }
    const checkpoint = this.lastCheckpoint()
    this.store.notify(
      checkpoint
        ? `The engine stopped (${reason}) and was started again; the run goes on from step ${checkpoint.step}.`
        : `The engine stopped (${reason}) and was started again.`,
    )
    this.start(checkpoint)
  }
}
