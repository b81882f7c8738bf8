import { type EmbeddingSet, readLabelledRows, toEmbeddings } from './embeddings'
import { ImportError, type SourceFile } from './errors'
import { importFolders, type PictureDecoder } from './folders'
import { importIdx, looksLikeIdx } from './idx'
import type { ImageOptions, ImportedImages } from './image-set'
import { checkFileCount, checkFileSize } from './limits'
import { looksLikeZip } from './npz'
import { findPixels, importPixels } from './pixel-table'
import { importTrainTest, isTrainTest } from './train-test'
import { listZip } from './zip'

type Imported = ImportedImages | EmbeddingSet

interface ImportOptions extends ImageOptions {
  readonly decode: PictureDecoder
  /** Gets the share done, where reading takes long. */
  readonly onProgress?: (share: number) => void
}

/**
 * Reads what a user dropped, all that belongs together at once: IDX (plain or gzip), a zip of folders of pictures,
 * CSV of pixels, or embeddings as NPY, NPZ, CSV or TSV. What it is, is found from the bytes. Takes up to seconds:
 * call it in a worker, and `checkFileCount` and `checkFileSize` before the bytes are read.
 * @throws {ImportError} with a sentence for the user; nothing else is thrown
 */
export async function importFiles(files: readonly SourceFile[], options: ImportOptions): Promise<Imported> {
  checkFileCount(files.length)
  for (const { name, bytes } of files) checkFileSize(name, bytes.length)
  try {
    return await importKnown(files, options)
  } catch (error) {
    if (error instanceof RangeError) {
      // What a browser throws when it has no memory for a typed array.
      throw new ImportError('There is not enough memory for these files', 'choose a part of them', {
        cause: error,
      })
    }
    throw error
  }
}

async function importKnown(files: readonly SourceFile[], options: ImportOptions): Promise<Imported> {
  if (files.some(looksLikeIdx)) return importIdx(files, options)
  const [first] = files
  if (looksLikeZip(first!)) {
    const paths = listZip(first!).map(({ path }) => path)
    const arrays = paths.some((path) => path.endsWith('.npy'))
    const alone = !arrays || isTrainTest(paths)
    if (alone && files.length > 1) {
      throw new ImportError(`${first!.name} is a set of its own`, 'choose it without other files')
    }
    if (!arrays) return importFolders(first!, options.decode, options, options.onProgress)
    if (alone) return importTrainTest(first!, options)
  }
  const rows = await readLabelledRows(files)
  const pixels = rows.weights || rows.bias ? null : findPixels(rows.matrix)
  return pixels
    ? importPixels(rows.name, [rows.matrix], pixels, rows.labels, null, options)
    : toEmbeddings(rows)
}
