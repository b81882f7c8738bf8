import { proxy, wrap } from 'comlink'
import { OWN, type OwnFile } from '../../datasets/own-file'
import { count, ImportError, plural } from '../../io/import/errors'
import type { ImportedImages } from '../../io/import/image-set'
import { checkFileCount, checkFileSize } from '../../io/import/limits'
import { reasonOf } from '../../io/reason'
import { NO_CLASSES, setData } from '../actions'
import { everyRun, provideImages } from '../runs'
import { takeOver } from '../playback'
import { notify, useSession, type RunState } from '../store'
import { enterEmbeddings, leaveEmbeddings } from './embedding-mode'
import { showEmbeddings } from './embedding-view'
import type { Read, ReadFiles } from './worker'

/** Files that were read, by their hash: as long as the page is open they need not be chosen again. */
const kept = new Map<string, readonly File[]>()

/** Ends the reading that goes on. */
let stop: (() => void) | null = null

const MOST_NAME = 200

/**
 * Reads files of the user's, all that belong together at once. Images become the data set of the run, embeddings
 * are shown in its place. A wrong file changes nothing and is told in one sentence.
 */
export async function importOwn(files: readonly File[]): Promise<void> {
  cancelImport()
  const name = files.map((file) => file.name).join(', ')
  try {
    checkFileCount(files.length)
    for (const file of files) checkFileSize(file.name, file.size)
    const read = await readInWorker(name, files)
    if (read?.kind === 'refused') notify(read.reason)
    else if (read) take(name, files, read)
  } catch (error) {
    const known = error instanceof ImportError
    notify(
      known ? error.message : `${name} could not be read (${reasonOf(error)}): try a smaller part of it.`,
    )
  }
}

export function cancelImport(): void {
  stop?.()
}

/** @returns null when it was cancelled */
async function readInWorker(name: string, files: readonly File[]): Promise<Read | null> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
  useSession.setState({ importing: { name, share: null } })
  const ended = new Promise<null>((resolve, reject) => {
    stop = () => resolve(null)
    worker.addEventListener('error', (event) => {
      event.preventDefault()
      reject(new Error(event.message || 'reading stopped'))
    })
  })
  const own = stop
  const progress = proxy((share: number | null) => {
    if (stop === own) useSession.setState({ importing: { name, share } })
  })
  try {
    return await Promise.race([wrap<ReadFiles>(worker)(files, progress), ended])
  } finally {
    worker.terminate()
    if (stop === own) {
      stop = null
      useSession.setState({ importing: null })
    }
  }
}

function take(name: string, files: readonly File[], read: Exclude<Read, { kind: 'refused' }>): void {
  kept.set(read.hash, files)
  if (read.kind === 'images') takeImages(name, read.hash, read.images)
  else enterEmbeddings(showEmbeddings(name, read.look))
}

function takeImages(name: string, hash: string, { set, omitted }: ImportedImages): void {
  const images = set.train + set.test
  const { experiment } = useSession.getState()
  const waiting = everyRun().filter(({ state }) => missingFile(state) !== null)
  const file = { name: name.slice(0, MOST_NAME), hash }
  useSession.setState({ own: { file, images, classes: set.classes.length } })
  leaveEmbeddings()
  takeOver()
  provideImages(hash, set)
  if (experiment.data.file?.hash !== hash) {
    if (waiting.length > 0) {
      notify(`${name} is not the file of that run: its contents differ. A new run begins with it.`)
    }
    setData({ set: OWN, file, ...NO_CLASSES })
  } else if (waiting.length > 0) {
    for (const run of waiting) run.reopen()
  } else {
    notify(`The run trains on ${name} already.`)
  }
  if (omitted > 0) {
    notify(
      `${name} has ${plural(images + omitted, 'image')}: ${count(images)} of them, drawn at random, are used.`,
    )
  }
}

/** Reads files anew by itself where the engine lacks them but they were chosen before, as after a crash. */
export function keepOwnFiles(): void {
  useSession.subscribe(({ runs }, { runs: last }) => {
    if (runs === last) return
    for (const run of runs) {
      const missing = missingFile(run)
      if (!missing || run.status === last.find(({ id }) => id === run.id)?.status) continue
      const files = kept.get(missing.hash)
      // All runs are on the same images: one reading is enough.
      if (files) {
        void importOwn(files)
        return
      }
    }
  })
}

/** The file that a run can not begin without; null where it lacks none. */
const missingFile = ({ status }: Pick<RunState, 'status'>): OwnFile | null =>
  status.kind === 'failed' ? (status.missing ?? null) : null
