import type { ImageSet } from '../io/dataset-file'
import type { Assets } from './assets'
import { BackendKeeper } from './backend-keeper'
import type { BackendName } from './backends'
import type { Experiment } from './config'
import { DataLoader } from './data-loader'
import type { EngineEvents } from './events'
import type { Frame, PointSelection } from './frame'
import { GpuLoss } from './gpu-loss'
import { FRAME_MS, Pacing } from './pacing'
import { nextTask, Queue } from './queue'
import { Reporter } from './reporter'
import { changedRequest, newRequest, type RunRequest } from './run-request'
import { Run } from './run'
import type { Checkpoint } from './checkpoint'

const CHECKPOINT_MS = 3000

type RunJob = (run: Run) => Promise<void>

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
  private readonly pacing = new Pacing()
  private selection: PointSelection = { split: 'test', count: 2000 }
  private watchesUnseen = false
  private lastCheckpoint = 0
  /** What was asked for last and does not train yet. One that fails stays: what is asked for next is added to it. */
  private request: RunRequest | null = null
  /** Settings that came while what was asked for failed: the present run takes them if it goes on after all. */
  private readonly missed = new Map<string, RunJob>()
  private looping = false
  private readonly gpuLoss: GpuLoss

  constructor(
    assets: Assets,
    private readonly events: EngineEvents,
  ) {
    this.loader = new DataLoader(assets)
    this.reporter = new Reporter(events)
    this.backends = new BackendKeeper(assets, events)
    this.gpuLoss = new GpuLoss(() => void this.enqueue(() => this.replaceGpu()))
  }

  /** Ends the run and frees what it holds, once what is under way has ended. The engine is not used any more. */
  dispose(): Promise<void> {
    this.gpuLoss.end()
    this.rest()
    this.request = null
    return this.enqueue(() => {
      this.endRun()
      return Promise.resolve()
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
    return this.setRun('selection', async (run) => {
      run.select(selection)
      await this.settle(run)
    })
  }

  /** How the run's network sees pictures that are not of its data, between two steps; null where it can't. */
  async evaluate(
    pixels: Uint8Array,
    labels: readonly number[],
  ): Promise<Awaited<ReturnType<Run['evaluate']>>> {
    let seen: Awaited<ReturnType<Run['evaluate']>> = null
    await this.withRun(async (run) => {
      seen = await run.evaluate(pixels, labels)
    })
    return seen
  }

  /** Whether the session wants to know the features of identities that are never trained on. */
  watchUnseen(on: boolean): Promise<void> {
    this.watchesUnseen = on
    return this.setRun('unseen', (run) => this.observeUnseen(run))
  }

  private async observeUnseen(run: Run): Promise<void> {
    run.watchUnseen(this.watchesUnseen)
    if (this.watchesUnseen) await this.settle(run)
  }

  /**
   * Training goes as far as `step` and waits there until it may go further, which it tells with `reached`. Null lets it
   * go on without end.
   * @param rest whether it pauses there, with all points at that step
   */
  allow(step: number | null, rest = false): void {
    this.pacing.allow(step, rest)
  }

  setSpeed(stepsPerSecond: number | null): void {
    this.pacing.speed = stepsPerSecond
  }

  /** Moves the run to another backend; 'auto' measures and takes the fastest. */
  chooseBackend(choice: BackendName | 'auto'): Promise<void> {
    this.backends.choice = choice
    return this.setRun('backend', async (run) => {
      await (choice === 'auto' ? this.adoptFastest(run) : this.moveTo(run, choice))
      this.backends.report()
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
  private withRun(job: RunJob): Promise<void> {
    return this.enqueue(async () => {
      if (this.run && !this.wantsNewRun) await job(this.run)
    })
  }

  /** As `withRun`, for what a new run begins with anyway: where one is wanted, the present one keeps it for later. */
  private setRun(name: string, job: RunJob): Promise<void> {
    return this.enqueue(async () => {
      if (this.wantsNewRun) this.missed.set(name, job)
      else if (this.run) await job(this.run)
    })
  }

  private get wantsNewRun(): boolean {
    return this.request !== null && this.needsNewRun(this.request)
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
      await run.setData(data)
      this.reporter.reportRun(run)
    }
    await this.settle(run)
    await this.makeUp()
  }

  /** Does what the run has missed; one of these may put another in its place. */
  private async makeUp(): Promise<void> {
    for (const [name, job] of [...this.missed]) {
      this.missed.delete(name)
      if (this.run) await job(this.run)
    }
  }

  private async begin(request: RunRequest): Promise<void> {
    const { experiment, resumed } = request
    this.playing &&= request.plays
    const data = await this.load(experiment)
    if (!this.backends.current) await this.backends.startAny()
    if (this.request !== request) return
    this.endRun()
    this.reporter.reset()
    const run = this.makeRun(++this.runs, experiment, data, resumed)
    this.run = run
    this.request = null
    this.reporter.reportRun(run)
    // How a run began is shown also of one that plays at once.
    await this.settle(run, true)
    await this.keepCheckpoint(run)
    const { choice, current } = this.backends
    if (choice === 'auto') await this.adoptFastest(run)
    else if (choice !== current) await this.moveTo(run, choice)
    this.backends.report()
    // Only now, as what is computed of them would be measured along with the backends.
    await this.observeUnseen(this.run)
  }

  private endRun(): void {
    this.run?.dispose()
    this.run = null
    this.missed.clear()
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

  private async adoptFastest(run: Run): Promise<void> {
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
      await this.pacing.rest(start, this.run)
    }
    this.looping = false
  }

  private async advance(run: Run): Promise<void> {
    if (!this.playing) return
    const held = this.pacing.holds(run)
    if (held === 'waits') return
    if (held === 'pauses') {
      this.playing = false
      return this.settle(run)
    }
    const { finished } = run
    if (!this.show(run, await run.train(this.pacing.stepsOf(run), FRAME_MS))) return
    if (this.pacing.told) this.events.reached(run.step, run.number)
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
    this.reporter.reportDivergence(run)
    return false
  }

  private async keepCheckpoint(run: Run): Promise<void> {
    this.lastCheckpoint = performance.now()
    this.events.checkpoint(await run.checkpoint(), run.number)
  }

  /** Goes on after something failed: with a new GPU device if that was lost, else when the user says so. */
  private async recover(error: unknown): Promise<void> {
    if (this.backends.current !== 'webgpu' || !(await this.gpuLoss.explains())) return this.fail(error)
    await this.replaceGpu()
      .then(() => this.satisfy())
      .catch((again: unknown) => this.fail(again))
  }

  private fail(error: unknown): void {
    this.playing = false
    this.reporter.reportFailure(error)
  }

  /** The run goes on from its last checkpoint: on a new device, or on WebAssembly when that was lost too often. */
  private async replaceGpu(): Promise<void> {
    const reason = this.gpuLoss.take()
    if (reason === null || this.backends.current !== 'webgpu') return
    const again = await this.backends.restart()
    const { run } = this
    // It may have been lost before the first run was there.
    if (!run) return
    const checkpoint = run.newestCheckpoint
    this.replaceRun(run, checkpoint)
    const where = again ? 'It was started again' : 'WebAssembly takes over'
    this.events.notice(
      `The graphics processor stopped: ${reason}. ${where}, and the run goes on from step ${checkpoint?.step ?? 0}.`,
    )
    this.backends.report()
    await this.settle(this.run!)
  }
}
