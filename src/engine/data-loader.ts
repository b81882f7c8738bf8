import { DATASETS } from '../datasets/registry'
import { decodeDataset, type ImageSet } from '../io/dataset-file'
import type { Assets } from './assets'

/** A data set that could not be loaded; the message says why and what to do. */
export class DataError extends Error {
  override readonly name = 'DataError'
}

/** Loads each data set once. */
export class DataLoader {
  private readonly loaded = new Map<string, Promise<ImageSet>>()

  constructor(private readonly assets: Assets) {}

  /** @throws {DataError} when the file is missing or damaged; asking again tries again. */
  load(id: string, onProgress: (fraction: number | null) => void): Promise<ImageSet> {
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
    try {
      const bytes = await this.assets.data(spec.file, (loaded, total) => {
        onProgress(total === null ? null : loaded / total)
      })
      return await decodeDataset(bytes)
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause)
      throw new DataError(`${spec.name} could not be loaded: ${reason}.`, { cause })
    }
  }
}
