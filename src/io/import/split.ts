import { Random } from '../../geometry/random'

/** Which images are kept, and in which order. */
interface Split {
  readonly train: number
  readonly test: number
  /** For each image its place in the set, those to train on first; −1 where it is left out. */
  readonly place: Int32Array
}

interface SplitOptions {
  readonly seed: number
  /** The share of each class held out, where the source does not say. */
  readonly testShare: number
  /** How many images are kept, at most; but at least one of each class. */
  readonly most: number
}

/**
 * Shuffles images and holds some out, the same share of each class (stratified).
 * @param labels class index of each image
 * @param heldOut 1 for an image that the source itself holds out; null where it does not say
 */
export function splitImages(
  labels: ArrayLike<number>,
  heldOut: ArrayLike<number> | null,
  { seed, testShare, most }: SplitOptions,
): Split {
  const groups = new Map<number, number[]>()
  for (let i = 0; i < labels.length; i++) {
    const key = 2 * labels[i]! + (heldOut?.[i] ?? 0)
    const group = groups.get(key)
    if (group) group.push(i)
    else groups.set(key, [i])
  }
  const keep = Math.min(1, most / labels.length)
  const parts = { train: [] as number[], test: [] as number[] }
  // Rounding running totals keeps the sums exact.
  const kept = runningShare(keep)
  const held = runningShare(testShare)
  for (const key of [...groups.keys()].sort((a, b) => a - b)) {
    const group = new Random(seed, 'import', key).shuffle(groups.get(key)!)
    const some = group.slice(0, Math.max(1, kept(group.length)))
    const tests = heldOut ? (key % 2) * some.length : Math.min(some.length - 1, held(some.length))
    for (let k = 0; k < some.length; k++) parts[k < tests ? 'test' : 'train'].push(some[k]!)
  }
  const place = new Int32Array(labels.length).fill(-1)
  const order = [
    ...shuffled(parts.train, new Random(seed, 'import', 'train')),
    ...shuffled(parts.test, new Random(seed, 'import', 'test')),
  ]
  order.forEach((image, at) => (place[image] = at))
  return { train: parts.train.length, test: parts.test.length, place }
}

const shuffled = (values: number[], random: Random): number[] => random.shuffle(values)

/** For group after group, how many of it make the share of all so far. */
function runningShare(share: number): (size: number) => number {
  let sum = 0
  let given = 0
  return (size) => {
    sum += size
    const here = Math.round(share * sum) - given
    given += here
    return here
  }
}
