import { ImportError, plural, quote, type SourceFile } from './errors'
import { toGray, type Picture } from './gray'
import { checkImages, checkSize, type ImageOptions, ImageSetBuilder, type ImportedImages } from './image-set'
import { labelsFrom } from './labels'
import { pictureSize } from './picture-size'
import { listZip, readZipEntry, type ZipEntry } from './zip'

/** Decodes a picture's file; rejects when it can't. */
export type PictureDecoder = (bytes: Uint8Array<ArrayBuffer>) => Promise<Picture>

const PICTURE = /\.(png|jpe?g|gif|bmp|webp)$/i
/** What archives and file managers leave behind, and hidden files. */
const LEFT_BEHIND = /(^|\/)(__MACOSX\/|\.[^/]|Thumbs\.db$|desktop\.ini$)/i
const HELD_OUT = /^(test|testing|val|valid|validation)$/i
const TRAIN = /^(train|training)$/i
/** Pictures decoded at the same time: browsers do that on threads of their own. */
const AT_ONCE = 4

interface Located {
  readonly entry: ZipEntry
  readonly className: string
  readonly heldOut: boolean
}

/**
 * Reads a zip with a folder of pictures for each class, which may lie in a folder of their own, and in folders
 * "train" and "test" (or "val") of that. What is no picture is passed over.
 * @param onProgress gets the share of the pictures done
 * @throws {ImportError}
 */
export async function importFolders(
  file: SourceFile,
  decode: PictureDecoder,
  options: ImageOptions = {},
  onProgress: (share: number) => void = () => undefined,
): Promise<ImportedImages> {
  const pictures = locate(file)
  const { name } = file
  const { indices: labels, classes } = labelsFrom(
    name,
    pictures.map(({ className }) => className),
  )
  const given = pictures.some(({ heldOut }) => heldOut)
  const heldOut = given ? pictures.map((picture) => Number(picture.heldOut)) : null
  const builder = new ImageSetBuilder({ name, classes, labels, heldOut }, options)
  const read = async ({ entry }: Located, index: number): Promise<void> => {
    const { width, height, rgba } = await decodeEntry(file, entry, decode)
    builder.add(index, toGray({ width, height, rgba }), width, height)
  }
  const wanted = [...pictures.entries()].filter(([index]) => builder.wants(index))
  let next = 0
  let done = 0
  const work = async (): Promise<void> => {
    while (next < wanted.length) {
      const [index, picture] = wanted[next++]!
      try {
        await read(picture, index)
      } catch (error) {
        // The others stop too: the first failure is the answer.
        next = wanted.length
        throw error
      }
      onProgress(++done / wanted.length)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return builder.finish()
}

/** Finds the pictures and their classes by their paths alone. */
function locate(file: SourceFile): Located[] {
  const { name } = file
  const entries = listZip(file).filter(({ path }) => PICTURE.test(path) && !LEFT_BEHIND.test(path))
  if (entries.length === 0) {
    throw new ImportError(`${name} holds no pictures`, 'pack a folder of PNG or JPEG files for each class')
  }
  checkImages(name, entries.length)
  const folders = entries.map(({ path }) =>
    path
      .split('/')
      .filter((part) => part !== '' && part !== '.')
      .slice(0, -1),
  )
  const shared = commonLength(folders)
  const inner = folders.map((parts) => parts.slice(shared))
  const parted = inner.every(([top]) => top !== undefined && (TRAIN.test(top) || HELD_OUT.test(top)))
  return entries.map((entry, i) => {
    const parts = inner[i]!
    const className = parts[parted ? 1 : 0]
    if (className === undefined) throw outside(name, entry, folders)
    return { entry, className, heldOut: parted && HELD_OUT.test(parts[0]!) }
  })
}

function outside(name: string, { path }: ZipEntry, folders: readonly string[][]): ImportError {
  const distinct = new Set(folders.map((parts) => parts.join('/')))
  return distinct.size === 1
    ? new ImportError(
        `${name} has all of its ${plural(folders.length, 'picture')} in one folder`,
        'make a folder for each class, two at least',
      )
    : new ImportError(`${name} has the picture ${quote(path)} in no class's folder`, 'move it into one')
}

/** How many folders all paths begin with. */
function commonLength(paths: readonly (readonly string[])[]): number {
  const [first] = paths
  let length = first!.length
  for (const path of paths) {
    let same = 0
    while (same < length && path[same] === first![same]) same++
    length = same
  }
  return length
}

async function decodeEntry(file: SourceFile, entry: ZipEntry, decode: PictureDecoder): Promise<Picture> {
  const title = `${quote(entry.path)} in ${file.name}`
  const bytes = await readZipEntry(file, entry)
  const size = pictureSize(bytes)
  const unreadable = (cause?: unknown): ImportError =>
    new ImportError(`${title} is not a picture that can be read`, 'remove it or save it as PNG', { cause })
  if (!size) throw unreadable()
  checkSize(title, size.width, size.height)
  let picture: Picture
  try {
    picture = await decode(bytes)
  } catch (cause) {
    throw unreadable(cause)
  }
  // JPEG may be turned by its decoder; no other difference is expected.
  const { width, height, rgba } = picture
  checkSize(title, width, height)
  if (rgba.length !== 4 * width * height) throw unreadable()
  return picture
}
