import type { Engine } from '../engine/engine'
import type { EngineEvents } from '../engine/events'
import type { RecordingSpec } from '../engine/recordings'
import type { Verification } from '../geometry/verification'
import type { Recording } from '../io/recording-file'
import type { Read } from './import/worker'

/** Pictures on the screen, one after the other. */
export interface AnimationFrames {
  /** Calls back before the next one, with its time in milliseconds. @returns what `cancel` takes */
  request(callback: (now: number) => void): number
  cancel(request: number): void
}

type Requests =
  | 'open'
  | 'update'
  | 'provide'
  | 'play'
  | 'pause'
  | 'stepOnce'
  | 'rollBack'
  | 'allow'
  | 'select'
  | 'setSpeed'
  | 'chooseBackend'
  | 'watchUnseen'
  | 'evaluate'

/** What a session asks of an engine, wherever that runs. */
export type EnginePort = {
  readonly [K in Requests]: (...args: Parameters<Engine[K]>) => Promise<Awaited<ReturnType<Engine[K]>>>
}

/** Something that runs beside the page until it is ended. */
export interface Helper {
  end(): void
}

export interface EngineHelper extends Helper {
  readonly engine: Promise<EnginePort>
}

export interface VerifyHelper extends Helper {
  /** See `verify` in geometry/verification.ts. */
  verify(features: Float32Array, dimension: number, labels: ArrayLike<number>): Promise<Verification | null>
}

export interface ReadHelper extends Helper {
  /** What files of the user's are. @param onProgress gets the share done, or null while that is not known */
  read(files: readonly File[], onProgress: (share: number | null) => void): Promise<Read>
}

/** Where a session runs: what it needs of a page, or of a test in its place. */
export interface Environment {
  /** Starts an engine. @param failed is told why it stopped, if it does */
  startEngine(events: EngineEvents, failed: (reason: string) => void): EngineHelper
  /** @param failed is told why verifying stopped, if it does */
  startVerifying(failed: (reason: string) => void): VerifyHelper
  /** @param failed is told why reading stopped, if it does */
  startReading(failed: (reason: string) => void): ReadHelper
  /** @throws {RecordingFileError} when it does not come or is damaged */
  loadRecording(spec: RecordingSpec): Promise<Recording>
  readonly frames: AnimationFrames
  /** Resolves when what was drawn is on the screen; at once while nobody sees it. */
  painted(): Promise<void>
  /** Whether the reader wants little motion. */
  littleMotion(): boolean
  /**
   * For how many milliseconds the recording of that id has been playing already, before the page was there; else
   * null.
   */
  playedFor(id: string): number | null
  /** Resolves when the stage has drawn points and there is time for engines to load. */
  pointsDrawn(): Promise<void>
}
