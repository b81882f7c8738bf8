import { Random } from '../geometry/random'
import type { ImageSet } from '../io/dataset-file'
import { corruptImage } from './corruption'
import { classSizes } from './imbalance'
import type { DataSelection, TrainingCorruption } from './settings'

/** A selection that this data set can't give; the message says what to change. */
export class SelectionError extends Error {
  override readonly name = 'SelectionError'
}

/** What there is to select from: names of the classes, and of the identities that the data set keeps unseen. */
export function wholeOf({ whole, classes, unseen }: ImageSet): NonNullable<ImageSet['whole']> {
  return whole ?? { classes, unseen: unseen?.classes ?? [] }
}

/**
 * The images that a run gets: a data set of its own, made from `base`. Its classes are those to train on, in the
 * order of the selection; then come the identities that are only verified, with all their images. The same seed
 * and selection give the same images, and a smaller class has the first of those that a larger one has.
 * @returns `base` itself where nothing is selected
 * @throws {SelectionError}
 */
export function selectData(base: ImageSet, selection: DataSelection, seed: number): ImageSet {
  const { classes, unseen, imbalance, labelNoise = 0, corruption } = selection
  if (!classes && !unseen && !imbalance && labelNoise === 0 && !corruption) return base
  const whole = wholeOf(base)
  const names = [...whole.classes, ...whole.unseen]
  const verified = unseen ?? whole.unseen.map((_, j) => base.classes.length + j)
  const trained = classes ?? base.classes.map((_, j) => j).filter((j) => !verified.includes(j))
  check(base, trained, verified)

  const label = new Map(trained.map((j, place) => [j, place]))
  const isTrained = (i: number): boolean => label.has(base.labels[i]!)
  const train = taken(base, trained, imbalance, seed)
  const test = range(base.train, base.test).filter(isTrained)
  const place = new Map(verified.map((j, k) => [j, trained.length + k]))
  const verify = range(0, base.labels.length).filter((i) => place.has(base.labels[i]!))
  const order = [...train, ...test, ...verify]
  const size = base.width * base.height
  const labels = Uint8Array.from(order, (i) => label.get(base.labels[i]!) ?? place.get(base.labels[i]!)!)
  const pixels = new Uint8Array(order.length * size)
  order.forEach((i, at) => pixels.set(base.pixels.subarray(i * size, (i + 1) * size), at * size))
  const set: ImageSet = {
    name: base.name,
    width: base.width,
    height: base.height,
    classes: trained.map((j) => names[j]!),
    train: train.length,
    test: test.length,
    labels,
    pixels,
    whole,
    ...(verified.length > 0 && {
      unseen: { count: verify.length, classes: verified.map((j) => names[j]!) },
    }),
  }
  if (labelNoise > 0) mislabel(set, train, labelNoise, seed)
  if (corruption) corruptImages(set, train, corruption, seed)
  return set
}

function check(
  { name, classes, unseen }: ImageSet,
  trained: readonly number[],
  verified: readonly number[],
): void {
  const all = classes.length + (unseen?.classes.length ?? 0)
  const beyond = trained.find((j) => j >= classes.length) ?? verified.find((j) => j >= all)
  if (beyond !== undefined) {
    throw new SelectionError(`${name} has no class number ${beyond} to use in this way: choose other classes`)
  }
  const both = trained.find((j) => verified.includes(j))
  if (both !== undefined) {
    throw new SelectionError(`class ${classes[both]!} can not be both trained on and unseen`)
  }
  if (trained.length < 2) throw new SelectionError('at least two classes must be left to train on')
}

/** The training images of these classes, in the order of the data set. */
function taken(
  base: ImageSet,
  trained: readonly number[],
  imbalance: DataSelection['imbalance'],
  seed: number,
): number[] {
  const images = new Map(trained.map((j) => [j, [] as number[]]))
  for (let i = 0; i < base.train; i++) images.get(base.labels[i]!)?.push(i)
  const lists = trained.map((j) => images.get(j)!)
  const empty = lists.findIndex((list) => list.length === 0)
  if (empty >= 0) {
    throw new SelectionError(`class ${base.classes[trained[empty]!]!} has no images to train on`)
  }
  if (!imbalance) return lists.flat().sort((a, b) => a - b)
  const sizes = classSizes(
    imbalance,
    lists.map(({ length }) => length),
  )
  return lists
    .flatMap((list, k) => new Random(seed, 'class size', trained[k]!).shuffle(list).slice(0, sizes[k]))
    .sort((a, b) => a - b)
}

/** @param train images of the data set that the training images are, which name their random numbers */
function mislabel(
  { labels, classes }: ImageSet,
  train: readonly number[],
  share: number,
  seed: number,
): void {
  train.forEach((image, at) => {
    const random = new Random(seed, 'label noise', image)
    if (random.uniform() >= share) return
    labels[at] = (labels[at]! + 1 + random.below(classes.length - 1)) % classes.length
  })
}

function corruptImages(
  { width, height, pixels }: ImageSet,
  train: readonly number[],
  { share, ...corruption }: TrainingCorruption,
  seed: number,
): void {
  const size = width * height
  train.forEach((image, at) => {
    const random = new Random(seed, 'corruption', image)
    if (random.uniform() >= share) return
    const own = pixels.subarray(at * size, (at + 1) * size)
    own.set(corruptImage(own, width, height, corruption, random))
  })
}

function range(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, k) => first + k)
}
