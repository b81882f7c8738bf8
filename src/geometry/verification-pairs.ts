import { Random } from './random'

/** Pairs of samples, for asking: the same identity or not? */
export interface Pairs {
  /** Indices of samples. */
  readonly first: Uint32Array
  readonly second: Uint32Array
  /** 1 where both have the same label. */
  readonly same: Uint8Array
  /** Which fold of the cross-validation a pair belongs to, from 0. */
  readonly fold: Uint8Array
  readonly folds: number
  /** No identity is in two folds, so that a threshold is tried on people it was not chosen on (as in LFW). */
  readonly disjoint: boolean
}

const FOLDS = 10

/** How many pairs `n` samples have. */
const countPairs = (n: number): number => (n * (n - 1)) / 2

export interface Draw {
  readonly seed: number
  /** Pairs of the same identity wanted, and as many of different ones; LFW has 3,000 and 3,000. */
  readonly each: number
  readonly folds?: number
}

/**
 * Draws as many pairs of the same as of different identities, without repeating one. Identities are dealt to the
 * folds if each fold gets at least two with two samples or more (the protocol of LFW: Huang et al. 2007);
 * otherwise pairs are dealt.
 * @returns fewer pairs than wanted where there are no more
 */
export function balancedPairs(labels: ArrayLike<number>, { seed, each, folds = FOLDS }: Draw): Pairs {
  const random = new Random(seed, 'pairs')
  const identities = random.shuffle(samplesByLabel(labels))
  const repeated = identities.filter((samples) => samples.length > 1)
  const disjoint = repeated.length >= 2 * folds
  if (!disjoint) {
    const pairs = gather([drawFold(identities, each, random)], folds, false)
    dealFolds(pairs, new Random(seed, 'pairs', 'folds'))
    return pairs
  }
  // Those that can make pairs of the same are dealt first, so that each fold gets its share of them.
  const inOrder = [...repeated, ...identities.filter((samples) => samples.length === 1)]
  const drawn = Array.from({ length: folds }, (_, fold) => {
    const wanted = Math.round(((fold + 1) * each) / folds) - Math.round((fold * each) / folds)
    return drawFold(
      inOrder.filter((_, i) => i % folds === fold),
      wanted,
      random,
    )
  })
  return gather(drawn, folds, true)
}

interface Drawn {
  readonly same: readonly (readonly [number, number])[]
  readonly different: readonly (readonly [number, number])[]
}

/** As many pairs of each kind as there are, at most `each`, and equally many of both. */
function drawFold(identities: readonly (readonly number[])[], each: number, random: Random): Drawn {
  const samples = identities.flat()
  const identityOf = identities.flatMap((members, identity) => members.map(() => identity))
  const starts = [0, ...runningSums(identities.map(({ length }) => length))]
  const sameOf = identities.map(({ length }) => countPairs(length))
  const sameCount = sameOf.reduce((sum, n) => sum + n, 0)
  const wanted = Math.min(each, sameCount, countPairs(samples.length) - sameCount)
  // An identity with many samples has many pairs, so that each pair is as likely as any other.
  const ends = runningSums(sameOf)
  const same = drawDistinct(sameCount, wanted, random).map((pair): [number, number] => {
    const identity = firstAbove(ends, pair)
    const [i, j] = pairAt(pair - (ends[identity]! - sameOf[identity]!))
    return [samples[starts[identity]! + i]!, samples[starts[identity]! + j]!]
  })
  // By position in `samples`, where an identity lies together: the pairs of different ones are all the others.
  const after = samples.map((_, i) => {
    const identity = identityOf[i]!
    return samples.length - starts[identity]! - identities[identity]!.length
  })
  const differentEnds = runningSums(after)
  const different = drawDistinct(differentEnds.at(-1) ?? 0, wanted, random).map((pair): [number, number] => {
    const i = firstAbove(differentEnds, pair)
    const offset = pair - (differentEnds[i]! - after[i]!)
    return [samples[i]!, samples[samples.length - after[i]! + offset]!]
  })
  return { same, different }
}

function runningSums(values: readonly number[]): number[] {
  let sum = 0
  return values.map((value) => (sum += value))
}

/** `wanted` different whole numbers in [0, n), each set as likely as any other (Floyd's method). */
function drawDistinct(n: number, wanted: number, random: Random): number[] {
  const drawn = new Set<number>()
  for (let top = n - wanted; top < n; top++) {
    // A random number has 32 bits, and there may be more pairs than that.
    const value = Math.floor(((random.uint32() + random.uniform()) / 2 ** 32) * (top + 1))
    drawn.add(drawn.has(value) ? top : value)
  }
  return [...drawn]
}

/** The pair (i, j), i < j, with number `at` in the order (0,1), (0,2), (1,2), (0,3), … */
function pairAt(at: number): [number, number] {
  let j = Math.floor((1 + Math.sqrt(1 + 8 * at)) / 2)
  // The root may round across a whole number.
  while (countPairs(j) > at) j--
  while (countPairs(j + 1) <= at) j++
  return [at - countPairs(j), j]
}

/** The first index whose value is above `value`, in an ascending list. */
function firstAbove(ends: readonly number[], value: number): number {
  let low = 0
  let high = ends.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (ends[middle]! > value) high = middle
    else low = middle + 1
  }
  return low
}

function samplesByLabel(labels: ArrayLike<number>): number[][] {
  const byLabel = new Map<number, number[]>()
  for (let i = 0; i < labels.length; i++) {
    const samples = byLabel.get(labels[i]!)
    if (samples) samples.push(i)
    else byLabel.set(labels[i]!, [i])
  }
  return [...byLabel.values()]
}

function gather(drawn: readonly Drawn[], folds: number, disjoint: boolean): Pairs {
  const count = drawn.reduce((sum, { same, different }) => sum + same.length + different.length, 0)
  const pairs = emptyPairs(count, folds, disjoint)
  let at = 0
  drawn.forEach((fold, index) => {
    for (const kind of ['same', 'different'] as const) {
      for (const [first, second] of fold[kind]) {
        pairs.first[at] = first
        pairs.second[at] = second
        pairs.same[at] = kind === 'same' ? 1 : 0
        pairs.fold[at++] = index
      }
    }
  })
  return pairs
}

function emptyPairs(count: number, folds: number, disjoint: boolean): Pairs {
  return {
    first: new Uint32Array(count),
    second: new Uint32Array(count),
    same: new Uint8Array(count),
    fold: new Uint8Array(count),
    folds,
    disjoint,
  }
}

/** Deals pairs to folds at random, those of the same and of different identities each evenly. */
function dealFolds({ same, fold, folds }: Pairs, random: Random): void {
  for (const kind of [0, 1]) {
    let members = 0
    for (const value of same) if (value === kind) members++
    const dealt = random.shuffle(Uint8Array.from({ length: members }, (_, i) => i % folds))
    let next = 0
    for (let i = 0; i < same.length; i++) if (same[i] === kind) fold[i] = dealt[next++]!
  }
}
