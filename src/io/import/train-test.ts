import { count, ImportError, plural, type SourceFile } from './errors'
import type { ImageOptions, ImportedImages } from './image-set'
import { labelsFrom } from './labels'
import { type Matrix, type NpyArray, toMatrix } from './npy'
import { readNpz } from './npz'
import { findPixels, importPixels } from './pixel-table'

/*
 * Sets of images as one NPZ with a training and a test part: Keras calls its arrays x_train, y_train, x_test and
 * y_test, MedMNIST train_images, train_labels and so on, with "val" besides.
 */

const PART = /(^|_)(train|val|test)(_|\.|$)/i
const LABELS = /^y_|label/i

const partOf = (key: string): string | undefined => PART.exec(key)?.[2]?.toLowerCase()

/** Whether the files of an NPZ are the parts of such a set. */
export function isTrainTest(paths: readonly string[]): boolean {
  const parts = new Set(paths.map(partOf))
  return parts.has('train') && (parts.has('test') || parts.has('val'))
}

/** Reads such a set; what is not for training is held out. @throws {ImportError} */
export async function importTrainTest(file: SourceFile, options: ImageOptions): Promise<ImportedImages> {
  const { name } = file
  const found = await readNpz(file)
  const tables: Matrix[] = []
  const labels: (number | bigint)[] = []
  const heldOut: number[] = []
  for (const part of ['train', 'val', 'test']) {
    const own = found.filter(({ key }) => partOf(key) === part)
    if (own.length === 0) continue
    const [images, given] = [false, true].map((wanted) =>
      own.filter(({ key }) => LABELS.test(key) === wanted).map(({ array }) => array),
    ) as [NpyArray[], NpyArray[]]
    if (images.length !== 1 || given.length !== 1) {
      throw new ImportError(
        `${name} has ${plural(images.length, 'array')} of images and ${count(given.length)} of labels for "${part}"`,
        'save one of each',
      )
    }
    const table = toMatrix(images[0]!)
    const { data } = given[0]!
    if (data.length !== table.rows) {
      throw new ImportError(
        `${given[0]!.name} has ${plural(data.length, 'label')}, but ${table.name} has ${plural(table.rows, 'image')}`,
        'save them again together',
      )
    }
    tables.push(table)
    for (const label of data) labels.push(label)
    for (let i = 0; i < table.rows; i++) heldOut.push(part === 'train' ? 0 : 1)
  }
  const layout = tables[0] ? findPixels(tables[0]) : null
  if (!layout || tables.some((table) => !same(findPixels(table), layout))) {
    throw new ImportError(`${name} holds arrays that are no square images of bytes`, 'save images as uint8')
  }
  return importPixels(name, tables, layout, labelsFrom(name, labels), heldOut, options)
}

const same = (a: ReturnType<typeof findPixels>, b: NonNullable<typeof a>): boolean =>
  a?.side === b.side && a.scale === b.scale
