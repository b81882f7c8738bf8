import type { OwnFile } from '../datasets/own-file'
import type { ImageSet } from '../io/dataset-file'
import type { BackendName, GpuInfo } from './backends'
import type { Experiment } from './config'
import type { Frame } from './frame'
import type { Checkpoint } from './checkpoint'
import type { UnseenFeatures } from './unseen-watch'

/** How fast a backend trains the present network. */
export interface BackendMeasure {
  readonly name: BackendName
  /** null when the backend is missing or failed, and `reason` says why. */
  readonly stepsPerSecond: number | null
  /** Measured on a part of a batch and scaled up. */
  readonly estimated: boolean
  readonly reason: string | null
}

export type EngineStatus =
  | { readonly kind: 'loading'; readonly what: string; readonly fraction: number | null }
  | { readonly kind: 'measuring' }
  | { readonly kind: 'paused' }
  | { readonly kind: 'playing' }
  /** The planned run has passed; playing goes on beyond it. */
  | { readonly kind: 'finished' }
  | {
      readonly kind: 'diverged'
      readonly step: number
      /** Rolling back goes to this step. */
      readonly lastGood: number
      readonly cause: string
    }
  /** Nothing goes on until the user tries again. */
  | {
      readonly kind: 'failed'
      readonly message: string
      /** The file of the user's own without which the run can not begin. */
      readonly missing?: OwnFile
    }

export interface RunInfo {
  readonly run: number
  readonly experiment: Experiment
  readonly parameterCount: number
  /** Step it begins at; above 0 when it goes on from a checkpoint. */
  readonly step: number
}

export interface BackendInfo {
  readonly current: BackendName
  readonly choice: BackendName | 'auto'
  readonly measures: readonly BackendMeasure[]
  /** What WebGPU runs on, if it was started. */
  readonly gpu: GpuInfo | null
}

/** What a session is told. */
export interface EngineEvents {
  /** Resolves when the frame was shown; the engine keeps at most two waiting. */
  frame(frame: Frame): Promise<void>
  status(status: EngineStatus): void
  /** Images, labels and class names, for showing them; comes before the first run with them. */
  data(data: ImageSet): void
  /** How far a run has come that may go only so far. */
  reached(step: number, run: number): void
  run(info: RunInfo): void
  backend(info: BackendInfo): void
  /** While they are watched: now and then as it plays, and whenever it rests. */
  unseen(features: UnseenFeatures): void
  /** Comes every few seconds, so that nothing is lost in a crash. */
  checkpoint(checkpoint: Checkpoint, run: number): void
  /** Something that the user should know but need not act on. */
  notice(message: string): void
}
