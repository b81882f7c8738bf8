import type { ImageSet } from '../io/dataset-file'
import { reasonOf } from '../io/reason'
import type { Assets } from './assets'
import { BackendKeeper } from './backend-keeper'
import { onDeviceLost, type BackendName } from './backends'
import type { Experiment } from './config'
import { DataLoader, MissingFileError } from './data-loader'
import { diagnoseDivergence } from './diagnose'
import type { EngineEvents } from './events'
import type { Frame, PointSelection } from './frame'
import { nextTask, Queue, sleep } from './queue'
import { Reporter } from './reporter'
import { changedRequest, newRequest, type RunRequest } from './run-request'
import { Run } from './run'
import type { Checkpoint } from './trainer'

/** Milliseconds between two frames. */
const FRAME_MS = 66
const CHECKPOINT_MS = 3000
/** A run that waits for others looks after this many milliseconds whether it may go on. */
const HELD_MS = 4
/** How long the message that a device is lost may take. */
const LOSS_MS = 500

/**
 * Runs one experiment at a time: loads its data, picks a backend, trains while playing, and reports through
 * `EngineEvents`. Knows no page: it lives in a Worker, and unchanged in Node. Jobs that touch the run go
 * through one queue, so that none meets the run in the middle of another.
 */
export class Engine {
  private readonly queue = new Queue()
  private readonly loader: DataLoader
  private readonly reporter: Reporter
  private readonly backends: BackendKeeper
  private run: Run | null = null
  private runs = 0
  private playing = false
  /** Training steps a second; null is as fast as it goes. */
  private speed: number | null = null
  /** Where several runs keep pace: training goes no further than here, … */
  private leash = Infinity
  /** … and pauses there, rather than wait for leave to go on. */
  private restsThere = false
  private selection: PointSelection = { split: 'test', count: 2000 }
  private watchesUnseen = false
  /** Why the GPU device was lost, until the run has another. */
  private lostGpu: string | null = null
  private shownData: ImageSet | null = null
  private lastCheckpoint = 0
  /** What was asked for last and does not train yet. One that fails stays: what is asked for next is added to it. */
  private request: RunRequest | null = null
  private looping = false

  constructor(
    assets: Assets,
    private readonly events: EngineEvents,
  ) {
    this.loader = new DataLoader(assets)
    this.reporter = new Reporter(events)
    this.backends = new BackendKeeper(assets, events)
    onDeviceLost((reason) => {
      this.lostGpu = reason
      void this.enqueue(() => this.replaceGpu())
    })
  }

  /**
   * Starts a new run, or goes on from a checkpoint of the same experiment. Its first features are shown
   * before backends are measured.
   */
  open(experiment: Experiment, resumed: Checkpoint | null = null): Promise<void> {
    this.playing = false
    this.request = newRequest(experiment, resumed)
    return this.enqueue(() => this.satisfy())
  }

  /** Takes the contents of a file of the user's own, for experiments that refer to it. */
  provide(hash: string, set: ImageSet): void {
    this.loader.provide(hash, set)
  }

  play(): void {
    if (this.request) {
      this.request.plays = true
      // One that failed is tried once more; one that waits for its turn has begun by then.
      void this.enqueue(() => this.satisfy())
    }
    if (this.playing) return
    this.playing = true
    this.events.status({ kind: 'playing' })
    if (!this.looping) void this.loop()
  }

  pause(): Promise<void> {
    this.rest()
    return this.withRun((run) => this.settle(run))
  }

  private rest(): void {
    this.playing = false
    if (this.request) this.request.plays = false
  }

  /** One training step, then a look at everything. */
  stepOnce(): Promise<void> {
    this.rest()
    return this.withRun(async (run) => {
      if (this.show(run, await run.train(1, FRAME_MS))) await this.settle(run)
    })
  }

  /**
   * Changes the experiment: at the next step where the variables keep their shapes, else with a new run. Which of the
   * two is found out when its turn has come, as other changes may come before; of several that wait only the last
   * takes effect.
   * @param change what the user changed, in words
   */
  update(experiment: Experiment, change: string): Promise<void> {
    this.request = changedRequest(this.request, experiment, change)
    return this.enqueue(() => this.satisfy())
  }

  select(selection: PointSelection): Promise<void> {
    this.selection = selection
    return this.withRun(async (run) => {
      run.select(selection)
      await this.settle(run)
    })
  }

  /** How the run's network sees pictures that are not of its data, between two steps; null where it can't. */
  async lookAt(pixels: Uint8Array, labels: readonly number[]): Promise<Awaited<ReturnType<Run['lookAt']>>> {
    let seen: Awaited<ReturnType<Run['lookAt']>> = null
    await this.withRun(async (run) => {
      seen = await run.lookAt(pixels, labels)
    })
    return seen
  }

  /** Whether the session wants to know the features of identities that are never trained on. */
  watchUnseen(on: boolean): Promise<void> {
    this.watchesUnseen = on
    return this.withRun(async (run) => {
      await this.lookAtUnseen(run)
    })
  }

  private async lookAtUnseen(run: Run): Promise<void> {
    run.watchUnseen(this.watchesUnseen)
    if (this.watchesUnseen) await this.settle(run)
  }

  /**
   * Training goes as far as `step` and waits there until it may go further, which it tells with `reached`. Null lets it
   * go on without end.
   * @param rest whether it pauses there, with all points at that step
   */
  allow(step: number | null, rest = false): void {
    this.leash = step ?? Infinity
    this.restsThere = rest
  }

  setSpeed(stepsPerSecond: number | null): void {
    this.speed = stepsPerSecond
  }

  /** Moves the run to another backend; 'auto' measures and takes the fastest. */
  chooseBackend(choice: BackendName | 'auto'): Promise<void> {
    this.backends.choice = choice
    return this.withRun(async (run) => {
      await (choice === 'auto' ? this.takeFastest(run) : this.moveTo(run, choice))
      this.backends.tell()
    })
  }

  /** Goes back to the last good weights after a divergence. */
  rollBack(): Promise<void> {
    this.rest()
    return this.withRun(async (run) => {
      run.rollBack()
      await this.settle(run)
    })
  }

  /** Queues a job for the run, if by then there is one and none is wanted in its place. */
  private withRun(job: (run: Run) => Promise<void>): Promise<void> {
    return this.enqueue(async () => {
      const { run, request } = this
      if (run && !(request && this.needsNewRun(request))) await job(run)
    })
  }

  private needsNewRun({ anew, experiment }: RunRequest): boolean {
    return anew || !this.run?.accepts(experiment)
  }

  /** Queues a job; what fails in it is told to the user, and not thrown. */
  private enqueue(job: () => Promise<void>): Promise<void> {
    return this.queue.run(() => job().catch((error: unknown) => this.recover(error)))
  }

  /** Does what was asked for last, unless an earlier job has. */
  private async satisfy(): Promise<void> {
    const { request, run } = this
    if (!request) return
    if (!run || this.needsNewRun(request)) return this.begin(request)
    const data = await this.load(request.experiment)
    // Something else was asked for meanwhile, whose turn comes.
    if (this.request !== request) return
    this.request = null
    run.update(request.experiment, request.changes)
    if (data !== run.data) {
      await run.takeData(data)
      this.tellRun(run)
    }
    await this.settle(run)
  }

  private async begin(request: RunRequest): Promise<void> {
    const { experiment, resumed } = request
    this.playing &&= request.plays
    const data = await this.load(experiment)
    if (!this.backends.current) await this.backends.startAny()
    if (this.request !== request) return
    this.request = null
    this.run?.dispose()
    this.reporter.reset()
    const run = this.makeRun(++this.runs, experiment, data, resumed)
    this.run = run
    this.tellRun(run)
    // How a run began is shown also of one that plays at once.
    await this.settle(run, true)
    await this.keepCheckpoint(run)
    const { choice, current } = this.backends
    if (choice === 'auto') await this.takeFastest(run)
    else if (choice !== current) await this.moveTo(run, choice)
    this.backends.tell()
    // Only now, as what is computed of them would be measured along with the backends.
    await this.lookAtUnseen(this.run)
  }

  private makeRun(number: number, experiment: Experiment, data: ImageSet, resumed: Checkpoint | null): Run {
    const tell = this.events.unseen.bind(this.events)
    return new Run(number, experiment, data, this.selection, resumed, tell)
  }

  private load(experiment: Experiment): Promise<ImageSet> {
    return this.loader.load(experiment, (fraction) => {
      this.events.status({ kind: 'loading', what: 'the images', fraction })
    })
  }

  private tellRun({ data, number, experiment, parameterCount, step }: Run): void {
    if (data !== this.shownData) this.events.data(data)
    this.shownData = data
    this.events.run({ run: number, experiment, parameterCount, step })
  }

  private async takeFastest(run: Run): Promise<void> {
    await this.moveTo(run, await this.backends.fastestFor(run.experiment, run.data))
  }

  private async moveTo(run: Run, name: BackendName): Promise<void> {
    if (name !== this.backends.current) {
      const checkpoint = await run.checkpoint()
      if (!(await this.backends.use(name))) return
      this.replaceRun(run, checkpoint)
    }
    const speed = this.backends.speedOf(name)
    if (speed) this.run!.expectSpeed(speed)
    await this.settle(this.run!)
  }

  /** The same run with fresh variables, on the current backend. */
  private replaceRun(run: Run, checkpoint: Checkpoint | null): void {
    const next = this.makeRun(run.number, run.experiment, run.data, checkpoint)
    next.changes.push(...run.changes)
    next.watchUnseen(run.watchesUnseen)
    run.dispose()
    this.run = next
  }

  private async loop(): Promise<void> {
    this.looping = true
    while (this.playing) {
      const start = performance.now()
      await this.withRun((run) => this.advance(run))
      // Messages come in between frames.
      await nextTask()
      if (!this.run || this.run.step >= this.leash) await sleep(HELD_MS)
      if (this.speed !== null) await sleep(Math.max(0, start + this.interval() - performance.now()))
    }
    this.looping = false
  }

  /** Milliseconds from one frame to the next. */
  private interval(): number {
    return this.speed === null ? FRAME_MS : Math.max(FRAME_MS, 1000 / this.speed)
  }

  private async advance(run: Run): Promise<void> {
    if (!this.playing) return
    if (run.step >= this.leash) {
      if (!this.restsThere) return
      this.playing = false
      return this.settle(run)
    }
    const { finished } = run
    const wanted =
      this.speed === null ? run.stepsIn(FRAME_MS) : Math.round((this.speed * this.interval()) / 1000)
    const steps = Math.max(1, Math.min(wanted, run.stepsLeft, this.leash - run.step))
    if (!this.show(run, await run.train(steps, FRAME_MS))) return
    if (this.leash < Infinity) this.events.reached(run.step, run.number)
    if (performance.now() - this.lastCheckpoint > CHECKPOINT_MS) await this.keepCheckpoint(run)
    if (run.finished && !finished) {
      this.playing = false
      await this.settle(run)
    }
  }

  /**
   * Brings everything on the stage to the present step, unless it plays; then it says which of the two it does.
   * @param fresh the first points are looked at in any case
   */
  private async settle(run: Run, fresh = false): Promise<void> {
    if (fresh || !this.playing) {
      for await (const frame of run.lookAround(() => this.playing)) {
        await this.reporter.ready()
        if (!this.show(run, frame)) return
      }
    }
    const resting = run.finished ? 'finished' : 'paused'
    this.events.status({ kind: this.playing ? 'playing' : resting })
  }

  /** @returns false when the run has diverged, which it then says */
  private show(run: Run, frame: Frame | null): boolean {
    if (frame) {
      this.reporter.offer(frame)
      return true
    }
    this.playing = false
    this.events.status({
      kind: 'diverged',
      step: run.step,
      lastGood: run.lastGood?.step ?? 0,
      cause: diagnoseDivergence(run.experiment, run.step, run.changes),
    })
    return false
  }

  private async keepCheckpoint(run: Run): Promise<void> {
    this.lastCheckpoint = performance.now()
    this.events.checkpoint(await run.checkpoint(), run.number)
  }

  /** Goes on after something failed: with a new GPU device if that was lost, else when the user says so. */
  private async recover(error: unknown): Promise<void> {
    // What is read from a lost device may fail just before the loss is told.
    if (this.backends.current === 'webgpu' && this.lostGpu === null) await sleep(LOSS_MS)
    if (this.lostGpu !== null) {
      await this.replaceGpu()
        .then(() => this.satisfy())
        .catch((again: unknown) => this.fail(again))
      return
    }
    this.fail(error)
  }

  private fail(error: unknown): void {
    this.playing = false
    this.events.status({
      kind: 'failed',
      message: reasonOf(error),
      ...(error instanceof MissingFileError && { missing: error.file }),
    })
  }

  /** The run goes on from its last checkpoint: on a new device, or on WebAssembly when that was lost too often. */
  private async replaceGpu(): Promise<void> {
    const reason = this.lostGpu
    this.lostGpu = null
    const { run } = this
    if (reason === null || !run || this.backends.current !== 'webgpu') return
    const again = await this.backends.restart()
    const checkpoint = run.newestCheckpoint
    this.replaceRun(run, checkpoint)
    const where = again ? 'It was started again' : 'WebAssembly takes over'
    this.events.notice(
      `The graphics processor stopped: ${reason}. ${where}, and the run goes on from step ${checkpoint?.step ?? 0}.`,
    )
    this.backends.tell()
    await this.settle(this.run!)
  }
}
