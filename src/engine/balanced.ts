import type { Random } from '../geometry/random'

/** P × K batches: so many classes in each, and so many images of each of them. */
export interface Balance {
  readonly classes: number
  readonly perClass: number
}

/**
 * The images of an epoch in P × K batches (Hermans et al. 2017, § 2): as many whole batches as there are images
 * for, in each of them P classes in random order with K images each. Every class, and within it every image,
 * comes once before any comes again.
 * @param classes P, at most as many as have images
 */
export function balancedOrder(
  indices: Int32Array,
  labels: ArrayLike<number>,
  { classes, perClass }: Balance,
  random: Random,
): Int32Array {
  const images = new Map<number, number[]>()
  for (const index of indices) {
    const y = labels[index]!
    const own = images.get(y)
    if (own) own.push(index)
    else images.set(y, [index])
  }
  const present = Int32Array.from([...images.keys()].sort((a, b) => a - b))
  const queues = new Map([...images].map(([y, own]) => [y, new Queue(Int32Array.from(own), random)]))
  const turn = new Queue(present, random)
  const size = classes * perClass
  const order = new Int32Array(Math.floor(indices.length / size) * size)
  for (let at = 0; at < order.length;) {
    for (const y of turn.distinct(classes)) {
      for (let k = 0; k < perClass; k++) order[at++] = queues.get(y)!.next()
    }
  }
  return order
}

/** Gives its items in random order, again and again. */
class Queue {
  private at = 0

  constructor(
    private readonly items: Int32Array,
    private readonly random: Random,
  ) {
    random.shuffle(items)
  }

  next(): number {
    if (this.at === this.items.length) {
      this.random.shuffle(this.items)
      this.at = 0
    }
    return this.items[this.at++]!
  }

  /** The next `count` different ones; at most as many as there are. */
  distinct(count: number): Set<number> {
    const taken = new Set<number>()
    while (taken.size < count) taken.add(this.next())
    return taken
  }
}
