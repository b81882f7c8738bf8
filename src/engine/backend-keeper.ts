import type { ImageSet } from '../io/dataset-file'
import { reasonOf } from '../io/reason'
import type { Assets } from './assets'
import { fastest, measureBackend } from './backend-choice'
import { gpuInfo, useBackend, type BackendName } from './backends'
import type { Experiment } from './config'
import type { BackendMeasure, EngineEvents } from './events'

/** How often a lost GPU is started again before the run moves to WebAssembly. */
const MOST_RESTARTS = 2
const SLOW_NOTICE =
  'Neither WebGPU nor WebAssembly works here, so plain JavaScript computes, which is slow. The MLP network is ' +
  'the quickest.'

/** Which backend computes: what the user chose, what was measured, and what takes over where one fails. */
export class BackendKeeper {
  choice: BackendName | 'auto' = 'auto'
  private used: BackendName | null = null
  private measures: readonly BackendMeasure[] = []
  /** What the measures are of. */
  private measured = ''
  private restarts = 0

  constructor(
    private readonly assets: Assets,
    private readonly events: EngineEvents,
  ) {}

  /** What computes now; null before anything was started. */
  get current(): BackendName | null {
    return this.used
  }

  /**
   * Starts with what starts quickest.
   * @throws {Error} when nothing can compute
   */
  async startAny(): Promise<void> {
    this.events.status({ kind: 'loading', what: 'the engine', fraction: null })
    for (const name of ['wasm', 'webgpu', 'cpu'] as const) {
      if (await this.canUse(name)) {
        this.used = name
        return
      }
    }
    throw new Error('Neither WebAssembly nor WebGPU nor plain JavaScript can compute here.')
  }

  /** The fastest backend for an experiment, which is measured unless that was done. */
  async fastestFor(experiment: Experiment, images: ImageSet): Promise<BackendName> {
    const { network, optimizer, data } = experiment
    const key = JSON.stringify([network, optimizer.batchSize, data.set, data.file?.hash])
    if (this.measured !== key) {
      this.events.status({ kind: 'measuring' })
      const measures: BackendMeasure[] = []
      for (const name of ['webgpu', 'wasm', 'cpu'] as const) {
        measures.push(await measureBackend(name, experiment, images, this.assets))
      }
      this.measures = measures
      this.measured = key
      await useBackend(this.used!, this.assets)
      if (fastest(measures) === 'cpu') this.events.notice(SLOW_NOTICE)
    }
    return fastest(this.measures) ?? 'cpu'
  }

  /** Moves to a backend. @returns false where that can't be, which is said; then the one before stays */
  async use(name: BackendName): Promise<boolean> {
    const before = this.used!
    try {
      await useBackend(name, this.assets)
    } catch (error) {
      const reason = reasonOf(error)
      this.events.notice(`The run stays on ${before}: ${reason}.`)
      await useBackend(before, this.assets)
      this.choice = before
      return false
    }
    this.used = name
    return true
  }

  /** Starts a lost GPU again, or WebAssembly when that was lost too often. @returns whether it is the GPU */
  async restart(): Promise<boolean> {
    const tried = ++this.restarts <= MOST_RESTARTS
    if (tried && (await this.canUse('webgpu'))) return true
    await useBackend('wasm', this.assets)
    this.used = this.choice = 'wasm'
    return false
  }

  /** Steps a second, where that was measured. */
  speedOf(name: BackendName): number | null {
    return this.measures.find((measure) => measure.name === name)?.stepsPerSecond ?? null
  }

  /** Tells the session what computes. */
  report(): void {
    const { choice, measures } = this
    this.events.backend({ current: this.used!, choice, measures, gpu: gpuInfo() })
  }

  private async canUse(name: BackendName): Promise<boolean> {
    try {
      await useBackend(name, this.assets)
      return true
    } catch {
      return false
    }
  }
}
