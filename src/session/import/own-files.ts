import { OWN, type OwnFile } from '../../datasets/own-file'
import { count, ImportError, plural } from '../../io/import/errors'
import type { ImportedImages } from '../../io/import/image-set'
import { checkFileCount, checkFileSize } from '../../io/import/limits'
import { reasonOf } from '../../io/reason'
import type { Environment } from '../environment'
import type { Playback } from '../playback'
import type { Runs } from '../runs'
import { NO_CLASSES, type Settings } from '../settings'
import type { RunState } from '../state'
import type { SessionStore } from '../store'
import { showEmbeddings } from './embedding-view'
import type { Embeddings } from './embeddings'
import type { Read } from './worker'

const MOST_NAME = 200

/** Files of the user's own: images become the data set of the run, embeddings are shown in its place. */
export class OwnFiles {
  /** Files that were read, by their hash: as long as the page is open they need not be chosen again. */
  private readonly kept = new Map<string, readonly File[]>()
  /** Ends the reading that goes on. */
  private stop: (() => void) | null = null
  private readonly unsubscribe: () => void

  constructor(
    private readonly store: SessionStore,
    private readonly runs: Runs,
    private readonly playback: Playback,
    private readonly settings: Settings,
    private readonly embeddings: Embeddings,
    private readonly environment: Environment,
  ) {
    this.unsubscribe = store.subscribe(({ runs }, { runs: last }) => {
      if (runs !== last) this.readAgain(runs, last)
    })
  }

  dispose(): void {
    this.unsubscribe()
    this.cancel()
  }

  /** Reads files, all that belong together at once. A wrong file changes nothing and is told in one sentence. */
  async read(files: readonly File[]): Promise<void> {
    this.cancel()
    const name = files.map((file) => file.name).join(', ')
    const { store } = this
    try {
      checkFileCount(files.length)
      for (const file of files) checkFileSize(file.name, file.size)
      const read = await this.readBeside(name, files)
      if (read?.kind === 'refused') store.notify(read.reason)
      else if (read) this.use(name, files, read)
    } catch (error) {
      const known = error instanceof ImportError
      store.notify(
        known ? error.message : `${name} could not be read (${reasonOf(error)}): try a smaller part of it.`,
      )
    }
  }

  cancel(): void {
    this.stop?.()
  }

  /** @returns null when it was cancelled */
  private async readBeside(name: string, files: readonly File[]): Promise<Read | null> {
    const { store } = this
    store.set({ importing: { name, share: null } })
    let fail: (reason: Error) => void = () => undefined
    let stop = (): void => undefined
    const ended = new Promise<null>((resolve, reject) => {
      stop = () => resolve(null)
      fail = reject
    })
    this.stop = stop
    const reader = this.environment.startReading((reason) => fail(new Error(reason)))
    const progress = (share: number | null): void => {
      if (this.stop === stop) store.set({ importing: { name, share } })
    }
    try {
      return await Promise.race([reader.read(files, progress), ended])
    } finally {
      reader.end()
      if (this.stop === stop) {
        this.stop = null
        store.set({ importing: null })
      }
    }
  }

  private use(name: string, files: readonly File[], read: Exclude<Read, { kind: 'refused' }>): void {
    this.kept.set(read.hash, files)
    if (read.kind === 'images') this.useImages(name, read.hash, read.images)
    else this.embeddings.enter(showEmbeddings(name, read.evaluated))
  }

  private useImages(name: string, hash: string, { set, omitted }: ImportedImages): void {
    const { store, runs } = this
    const images = set.train + set.test
    const { experiment } = store.active
    const waiting = runs.all.filter(({ state }) => missingFile(state) !== null)
    const file = { name: name.slice(0, MOST_NAME), hash }
    store.set({ ownSet: { file, images, classes: set.classes.length } })
    this.embeddings.leave()
    this.playback.goLive()
    runs.provide(hash, set)
    if (experiment.data.file?.hash !== hash) {
      if (waiting.length > 0) {
        store.notify(`${name} is not the file of that run: its contents differ. A new run begins with it.`)
      }
      this.settings.setData({ set: OWN, file, ...NO_CLASSES })
    } else if (waiting.length > 0) {
      for (const run of waiting) run.reopen()
    } else {
      store.notify(`The run trains on ${name} already.`)
    }
    if (omitted > 0) {
      store.notify(
        `${name} has ${plural(images + omitted, 'image')}: ${count(images)} of them, drawn at random, are used.`,
      )
    }
  }

  /** Reads files anew by itself where an engine lacks them but they were chosen before, as after a crash. */
  private readAgain(runs: readonly RunState[], last: readonly RunState[]): void {
    for (const run of runs) {
      const missing = missingFile(run)
      if (!missing || run.status === last.find(({ id }) => id === run.id)?.status) continue
      const files = this.kept.get(missing.hash)
      // All runs are on the same images: one reading is enough.
      if (files) {
        void this.read(files)
        return
      }
    }
  }
}

/** The file that a run can not begin without; null where it lacks none. */
const missingFile = ({ status }: Pick<RunState, 'status'>): OwnFile | null =>
  status.kind === 'failed' ? (status.missing ?? null) : null
