import { OWN, type OwnFile } from '../datasets/own-file'
import { DATASETS } from '../datasets/registry'
import { selectData } from '../datasets/select'
import { decodeDataset, type ImageSet } from '../io/dataset-file'
import { reasonOf } from '../io/reason'
import type { Assets } from './assets'
import type { Experiment } from './config'

const REMEDY = 'Check the connection and try again, or choose another data set.'

/** A data set that could not be loaded; the message says why and what to do. */
export class DataError extends Error {
  override readonly name: string = 'DataError'
}

/** The run is of a file of the user's own, which is not here. */
export class MissingFileError extends DataError {
  override readonly name = 'MissingFileError'

  constructor(readonly file: OwnFile) {
    super(`This run was made with your own file "${file.name}", which a configuration does not carry.`)
  }
}

/** What of an experiment says which images it gets. */
type Wanted = Pick<Experiment, 'data' | 'seed'>

/** Loads each data set once, and makes of it what experiments train on. */
export class DataLoader {
  private readonly loaded = new Map<string, Promise<ImageSet>>()
  /** What was made last, for `key`, so that changes of other settings keep it. */
  private last: { readonly key: string; readonly data: ImageSet } | null = null

  /** The user's own data set; one at a time, as it may be large. */
  private own: { readonly hash: string; readonly set: ImageSet } | null = null

  constructor(private readonly assets: Assets) {}

  /** Takes the contents of the file with this `OwnFile.hash`. */
  provide(hash: string, set: ImageSet): void {
    this.own = { hash, set }
  }

  /**
   * The images of an experiment; the same object while the experiment asks for the same.
   * @throws {DataError} when the file is missing or damaged; asking again tries again
   * @throws {MissingFileError} when it is of a file of the user's that was not provided
   * @throws {SelectionError} when the data set has not what is asked for
   */
  async load({ data, seed }: Wanted, onProgress: (fraction: number | null) => void): Promise<ImageSet> {
    const base = data.set === OWN ? this.ownSet(data.file!) : await this.whole(data.set, onProgress)
    const { set, file, classes, unseen, imbalance, labelNoise, corruption } = data
    const key = JSON.stringify([set, file?.hash, seed, classes, unseen, imbalance, labelNoise, corruption])
    if (this.last?.key !== key) {
      this.last = {
        key,
        data: selectData(base, { classes, unseen, imbalance, labelNoise, corruption }, seed),
      }
    }
    return this.last.data
  }

  private ownSet(file: OwnFile): ImageSet {
    if (this.own?.hash !== file.hash) throw new MissingFileError(file)
    return this.own.set
  }

  /** A data set as it comes. */
  private whole(id: string, onProgress: (fraction: number | null) => void): Promise<ImageSet> {
    const known = this.loaded.get(id)
    if (known) return known
    const loading = this.fetch(id, onProgress)
    this.loaded.set(id, loading)
    loading.catch(() => this.loaded.delete(id))
    return loading
  }

  private async fetch(id: string, onProgress: (fraction: number | null) => void): Promise<ImageSet> {
    const spec = DATASETS.find(id)
    if (!spec) throw new DataError(`There is no data set "${id}".`)
    const { images } = spec
    if ('make' in images) return images.make()
    try {
      const bytes = await this.assets.data(images.file, (loaded, total) => {
        onProgress(total === null ? null : loaded / total)
      })
      return await decodeDataset(bytes)
    } catch (cause) {
      const reason = reasonOf(cause)
      throw new DataError(`${spec.name} could not be loaded: ${reason}. ${REMEDY}`, { cause })
    }
  }
}
