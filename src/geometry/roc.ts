/**
 * The receiver operating characteristic of scores where larger means more alike: a pair is accepted when its
 * score is at least the threshold. One point for each distinct score, from the strictest, after a first point
 * that accepts nothing.
 */
export interface Roc {
  /** The first is Infinity, the others are scores, falling. */
  readonly threshold: Float64Array
  /** Pairs of different identities that are accepted (false accepts), and of the same (true accepts). */
  readonly falseAccepts: Float64Array
  readonly trueAccepts: Float64Array
  /** Pairs of each kind, at least one. */
  readonly different: number
  readonly same: number
}

/**
 * @param same 1 where the pair is of one identity, 0 where not
 * @returns null unless there are pairs of both kinds and all scores are finite: nothing can be said then
 */
export function rocCurve(scores: ArrayLike<number>, same: ArrayLike<number>): Roc | null {
  const split = splitScores(scores, same)
  if (!split) return null
  // Typed arrays sort by number, and fast.
  const alike = split.same.sort()
  const other = split.different.sort()
  const most = alike.length + other.length + 1
  const [threshold, falseAccepts, trueAccepts] = [most, most, most].map((n) => new Float64Array(n)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  threshold[0] = Infinity
  let i = alike.length
  let j = other.length
  let points = 1
  while (i > 0 || j > 0) {
    const score = Math.max(i > 0 ? alike[i - 1]! : -Infinity, j > 0 ? other[j - 1]! : -Infinity)
    // Pairs with the same score are accepted together, of whichever kind they are.
    while (i > 0 && alike[i - 1] === score) i--
    while (j > 0 && other[j - 1] === score) j--
    threshold[points] = score
    trueAccepts[points] = alike.length - i
    falseAccepts[points++] = other.length - j
  }
  return {
    threshold: threshold.slice(0, points),
    falseAccepts: falseAccepts.slice(0, points),
    trueAccepts: trueAccepts.slice(0, points),
    same: alike.length,
    different: other.length,
  }
}

/** The scores of pairs of each kind. @returns null unless there are both and all are finite */
export function splitScores(
  scores: ArrayLike<number>,
  same: ArrayLike<number>,
): { readonly same: Float64Array; readonly different: Float64Array } | null {
  let count = 0
  for (let i = 0; i < scores.length; i++) {
    if (!Number.isFinite(scores[i]!)) return null
    if (same[i]) count++
  }
  if (count === 0 || count === scores.length) return null
  const result = { same: new Float64Array(count), different: new Float64Array(scores.length - count) }
  let s = 0
  let d = 0
  for (let i = 0; i < scores.length; i++) {
    // Adding 0 makes −0 and 0 one score.
    if (same[i]) result.same[s++] = scores[i]! + 0
    else result.different[d++] = scores[i]! + 0
  }
  return result
}

/** The error rate where false accepts and false rejects are equally likely, on the lines between the points. */
export function equalErrorRate({ falseAccepts, trueAccepts, same, different }: Roc): number {
  const far = (k: number): number => falseAccepts[k]! / different
  const frr = (k: number): number => 1 - trueAccepts[k]! / same
  // The difference rises from −1 to 1.
  let k = 1
  while (far(k) < frr(k)) k++
  const before = frr(k - 1) - far(k - 1)
  const after = far(k) - frr(k)
  const share = before / (before + after)
  return far(k - 1) + share * (far(k) - far(k - 1))
}

/** False accept rates of a curve that is kept for later, evenly along a logarithmic axis: ten in each decade. */
export const KEPT_RATES: readonly number[] = Array.from({ length: 41 }, (_, k) => 10 ** (k / 10 - 4))

/** The true accept rate at each of KEPT_RATES. */
export function keptCurve(roc: Roc): number[] {
  return KEPT_RATES.map((far) => tarAtFar(roc, far).tar)
}

/** What is known of the true accept rate at a false accept rate. */
export interface TarAtFar {
  readonly far: number
  /** The share of same pairs accepted at the loosest threshold that keeps the false accept rate. */
  readonly tar: number
  readonly threshold: number
  /** How many false accepts the rate allows. Below ten, a single pair of different identities moves the result. */
  readonly allowed: number
  readonly enough: boolean
}

const ENOUGH = 10

/** Not interpolated: the rate is one that a threshold reaches. */
export function tarAtFar(
  { threshold, falseAccepts, trueAccepts, same, different }: Roc,
  far: number,
): TarAtFar {
  // A little more than the product, which may round below a whole number.
  const allowed = Math.floor(far * different * (1 + 1e-12))
  let low = 0
  let high = falseAccepts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (falseAccepts[middle]! <= allowed) low = middle
    else high = middle - 1
  }
  return {
    far,
    tar: trueAccepts[low]! / same,
    threshold: threshold[low]!,
    allowed,
    enough: allowed >= ENOUGH,
  }
}
