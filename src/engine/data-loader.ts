import { DATASETS } from '../datasets/registry'
import { selectData } from '../datasets/select'
import { decodeDataset, type ImageSet } from '../io/dataset-file'
import type { Assets } from './assets'
import type { Experiment } from './config'

const REMEDY = 'Check the connection and try again, or choose another data set.'

/** A data set that could not be loaded; the message says why and what to do. */
export class DataError extends Error {
  override readonly name = 'DataError'
}

/** What of an experiment says which images it gets. */
type Wanted = Pick<Experiment, 'data' | 'seed'>

/** Loads each data set once, and makes of it what experiments train on. */
export class DataLoader {
  private readonly loaded = new Map<string, Promise<ImageSet>>()
  /** What was made last, for `key`, so that changes of other settings keep it. */
  private last: { readonly key: string; readonly data: ImageSet } | null = null

  constructor(private readonly assets: Assets) {}

  /**
   * The images of an experiment; the same object while the experiment asks for the same.
   * @throws {DataError} when the file is missing or damaged; asking again tries again
   * @throws {SelectionError} when the data set has not what is asked for
   */
  async load({ data, seed }: Wanted, onProgress: (fraction: number | null) => void): Promise<ImageSet> {
    const base = await this.whole(data.set, onProgress)
    const { set, classes, unseen, imbalance, labelNoise, corruption } = data
    const key = JSON.stringify([set, seed, classes, unseen, imbalance, labelNoise, corruption])
    if (this.last?.key !== key) {
      this.last = {
        key,
        data: selectData(base, { classes, unseen, imbalance, labelNoise, corruption }, seed),
      }
    }
    return this.last.data
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
    const spec = DATASETS.get(id)
    if (!spec) throw new DataError(`There is no data set "${id}".`)
    const { images } = spec
    if ('make' in images) return images.make()
    try {
      const bytes = await this.assets.data(images.file, (loaded, total) => {
        onProgress(total === null ? null : loaded / total)
      })
      return await decodeDataset(bytes)
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause)
      throw new DataError(`${spec.name} could not be loaded: ${reason}. ${REMEDY}`, { cause })
    }
  }
}
