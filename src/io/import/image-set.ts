import type { ImageSet } from '../dataset-file'
import { count, ImportError, plural } from './errors'
import { SIDE, toSide28 } from './gray'
import { LIMITS, within } from './limits'
import { splitImages } from './split'

/** Images to train on, from a file of the user's. */
export interface ImportedImages {
  readonly kind: 'images'
  readonly set: ImageSet
  /** Images of the file that were left out, at random, since there were too many. */
  readonly omitted: number
}

export interface ImageOptions {
  /** What the set is called; the first file's name otherwise. */
  readonly name?: string
  /** Of the shuffling and of the images kept. */
  readonly seed?: number
  readonly testShare?: number
  readonly most?: number
}

/** What is known of images before the first of them is read. */
interface Announced {
  readonly name: string
  readonly classes: readonly string[]
  /** Class index of each image. */
  readonly labels: ArrayLike<number>
  /** 1 for those that the source holds out; null where it does not say. */
  readonly heldOut: ArrayLike<number> | null
}

/** Takes images one by one, each into its place: the set is allocated once. */
export class ImageSetBuilder {
  private readonly place: Int32Array
  private readonly set: ImageSet
  private readonly total: number

  /** @throws {ImportError} when there are too many images or classes, or too few. */
  constructor({ name, classes, labels, heldOut }: Announced, options: ImageOptions) {
    checkImages(name, labels.length)
    if (classes.length < 2) {
      throw new ImportError(`${name} has only one class`, 'a loss needs two or more to tell apart')
    }
    within(
      classes.length,
      LIMITS.imageClasses,
      `${name} has ${count(classes.length)} classes`,
      'choose some of them',
    )
    const { seed = 1, testShare = 0.2, most = LIMITS.keptImages } = options
    const { train, test, place } = splitImages(labels, heldOut, { seed, testShare, most })
    if (train === 0) throw new ImportError(`${name} has no images to train on`, 'add its training files')
    this.place = place
    this.total = labels.length
    this.set = {
      name: options.name ?? name,
      width: SIDE,
      height: SIDE,
      classes: [...classes],
      train,
      test,
      labels: new Uint8Array(train + test),
      pixels: new Uint8Array((train + test) * SIDE ** 2),
    }
    place.forEach((at, image) => {
      if (at >= 0) this.set.labels[at] = labels[image]!
    })
  }

  wants(image: number): boolean {
    return this.place[image]! >= 0
  }

  /** @param values [height · width] grey bytes of the image with this number */
  add(image: number, values: Uint8Array, width: number, height: number): void {
    const at = this.place[image]!
    if (at < 0) return
    toSide28(values, width, height, this.set.pixels.subarray(at * SIDE ** 2, (at + 1) * SIDE ** 2))
  }

  finish(): ImportedImages {
    return { kind: 'images', set: this.set, omitted: this.total - this.set.train - this.set.test }
  }
}

/** @throws {ImportError} when a file announces no images, or too many. */
export function checkImages(name: string, images: number): void {
  if (images === 0) throw new ImportError(`${name} holds no images`, 'choose another file')
  within(images, LIMITS.images, `${name} has ${plural(images, 'image')}`, 'choose a part of it')
}

/** @throws {ImportError} when the pictures of a file have no pixels, or too many. */
export function checkSize(name: string, width: number, height: number): void {
  if (width === 0 || height === 0)
    throw new ImportError(`${name} has images without pixels`, 'choose another file')
  const side = Math.max(width, height)
  within(
    side,
    LIMITS.side,
    `${name} has images of ${count(width)} × ${count(height)} pixels`,
    'make them smaller',
  )
}

/** Labels as indices into the sorted list of those that occur, so that no class is empty. */
export function compactLabels(labels: Uint8Array): { classes: string[]; labels: Uint8Array } {
  const present = [...new Set(labels)].sort((a, b) => a - b)
  const index = new Uint8Array(256)
  present.forEach((label, i) => (index[label] = i))
  return { classes: present.map(String), labels: labels.map((label) => index[label]!) }
}
