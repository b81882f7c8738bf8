import type { BackendName } from '../engine/backends'
import type { Experiment } from '../engine/config'
import type { PointSelection } from '../engine/frame'
import type { Checkpoint } from '../engine/checkpoint'
import type { ImageSet } from '../io/dataset-file'
import { RunClient } from './client'
import { Clock } from './clock'
import type { Environment } from './environment'
import type { RunView } from './run-view'
import type { SessionStore } from './store'

/** The runs of a session side by side, in the order of their letters. There is always one. */
export class Runs {
  private clients: readonly RunClient[] = []
  private ids = 0
  /** Keeps the runs together while they play. */
  private readonly clock = new Clock(() => this.clients)
  private readonly unsubscribe: () => void

  constructor(
    private readonly store: SessionStore,
    private readonly environment: Environment,
  ) {
    this.clients = [this.client()]
    this.unsubscribe = store.subscribe(({ runs }, { runs: before }) => {
      if (runs.length > 1 && runs[0]!.backend !== before[0]?.backend) this.followBackend()
    })
  }

  get all(): readonly RunClient[] {
    return this.clients
  }

  /** Whether an engine has been started for them. */
  get begun(): boolean {
    return this.clients[0]!.started
  }

  /** The run of that id, or the active one. */
  of(id: number = this.store.state.active): RunClient {
    return this.clients.find((run) => run.id === id) ?? this.clients[0]!
  }

  /** Points and curves of the active run. */
  get view(): RunView {
    return this.of().view
  }

  /** Calls `listener` after each change of the active run's view, and when another run is. @returns how to stop that */
  readonly subscribeView = (listener: () => void): (() => void) => {
    let stop = this.view.subscribe(listener)
    const end = this.store.subscribe((now, before) => {
      if (now.active === before.active) return
      stop()
      stop = this.view.subscribe(listener)
      listener()
    })
    return () => {
      stop()
      end()
    }
  }

  dispose(): void {
    this.unsubscribe()
    for (const run of this.clients) run.dispose()
  }

  private client(): RunClient {
    return new RunClient(this.ids++, this.store, this.environment, () => {
      if (this.clients.length > 1) this.clock.follow()
    })
  }

  /** Adds a run behind the others, without beginning it. */
  private add(experiment: Experiment): RunClient {
    const added = this.client()
    this.clients = [...this.clients, added]
    this.store.addRun(added.id, experiment)
    return added
  }

  /** Ends a run; the others go on. The last one stays. */
  remove(id: number): void {
    const gone = this.clients.find((run) => run.id === id)
    const first = this.clients.find((run) => run.id !== id)
    if (!gone || !first) return
    if (this.store.state.active === id) this.store.activate(first.id)
    this.clients = this.clients.filter((run) => run !== gone)
    this.store.removeRun(id)
    // What was to follow the backend of the first run has none to follow now.
    if (gone.started && !first.started) first.start()
    gone.dispose()
    if (this.clients.length === 1) first.allow(null)
    else this.clock.follow()
  }

  /** Makes as many runs as there are experiments, and gives each its own, without beginning any. */
  arrange(experiments: readonly Experiment[]): void {
    for (const { id } of this.clients.slice(experiments.length)) this.remove(id)
    experiments.forEach((experiment, k) => {
      const run = this.clients[k] ?? this.add(experiment)
      this.store.setRun(run.id, { experiment })
    })
    for (const run of this.clients) run.going = false
  }

  /** Begins runs of these experiments, all from their start, in place of those that there are. */
  open(experiments: readonly Experiment[]): void {
    this.arrange(experiments)
    this.begin()
  }

  /** Begins the runs that there are, each from its checkpoint in `ends`, by its id, or from its start. */
  begin(ends: ReadonlyMap<number, Checkpoint> = new Map()): void {
    const [first, ...others] = this.clients
    first!.open(first!.state.experiment, ends.get(first!.id))
    for (const run of others) {
      const end = ends.get(run.id) ?? null
      if (run.started) run.open(run.state.experiment, end)
      else run.prepare(end)
    }
    this.followBackend()
  }

  /** Plays all. */
  play(): void {
    if (this.clients.length > 1) {
      for (const run of this.clients) run.going = true
      this.clock.start()
    }
    for (const run of this.clients) run.play()
  }

  /** Pauses all: several at one step, unless that is asked for a second time. */
  pause(): void {
    if (this.clients.length > 1 && this.clock.rest()) return
    for (const run of this.clients) run.pause()
  }

  /** One step of each, or of those that have made fewer than others. */
  step(): void {
    const able = this.clients.filter(
      ({ state: { status } }) => status.kind !== 'diverged' && status.kind !== 'failed',
    )
    const least = Math.min(...able.map(({ step }) => step))
    for (const run of able) if (run.step === least) run.stepOnce()
  }

  /** Gives every engine the contents of a file of the user's; its arrays are given away. */
  provide(hash: string, set: ImageSet): void {
    this.clients.forEach((run, k) => run.provide(hash, set, k === this.clients.length - 1))
  }

  /** Chooses which images are on the stages. */
  select(points: PointSelection): void {
    this.store.set({ points, pinned: null })
    for (const run of this.clients) run.select(points)
  }

  /** What computes: measured, if at all, by the first run. */
  chooseBackend(choice: BackendName | 'auto'): void {
    this.clients[0]!.chooseBackend(choice)
  }

  /** The others take what the first run has, once that is known, and start then. */
  private followBackend(): void {
    const backend = this.clients[0]!.state.backend?.current
    if (!backend) return
    for (const run of this.clients.slice(1)) {
      run.chooseBackend(backend)
      if (!run.started) run.start()
    }
  }
}
