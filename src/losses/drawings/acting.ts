import { BATCH_SIZE } from '../../geometry/stage-batch'
import type { TermValues } from '../forms/base'
import type { ShownBatch } from './term-drawing'

/** Of an anchor, at most so many samples of other classes are drawn: those with the greatest losses. */
export const MOST_UNLIKE = 14
/** From one anchor to the next: about a class further, and another of its points. */
const BATCH_STRIDE = 7

/** How a term tells which samples act on an anchor. */
export interface ActingSpec {
  /** A pair with less than this part of the largest loss counts as one that does not act. */
  readonly negligible?: number
  /**
   * Squared distances from an anchor within or beyond which others begin to act. `farthest` is the squared distance
   * to the farthest sample of its class.
   */
  readonly borders?: (values: TermValues, farthest: number) => readonly number[]
}

/** How many pairs or triplets of a batch act, of how many pairs there are. */
export interface Counts {
  readonly like: number
  readonly possibleLike: number
  readonly unlike: number
  readonly possibleUnlike: number
  readonly triplets: number
}

const NONE: Counts = { like: 0, possibleLike: 0, unlike: 0, possibleUnlike: 0, triplets: 0 }

/** Which samples of a batch act on each other in a pair term, and on one of them, the anchor. */
export class Acting {
  labels: readonly number[] = []
  counts: Counts = NONE
  /** Place of the anchor in the batch; −1 for none. */
  anchor = -1
  /** Squared distances from the anchor at which others begin to act. */
  borders: readonly number[] = []
  /** Which point the anchor is. */
  private point = -1
  /** The loss that i as an anchor has with j, BATCH_SIZE a row. */
  private readonly losses = new Float64Array(BATCH_SIZE * BATCH_SIZE)
  private readonly rowSums = new Float64Array(BATCH_SIZE)
  private least = 0
  /** Of the anchor's samples of other classes, those with less are not drawn. */
  private leastUnlike = 0

  constructor(private readonly spec: ActingSpec) {}

  /** Looks at a batch anew. The sample that is chosen is the anchor, or else one that acts. */
  evaluate(batch: ShownBatch, values: TermValues): void {
    const { losses } = this
    this.labels = batch.labels
    losses.fill(0)
    let triplets = 0
    batch.eachActing(([i, j, k], loss) => {
      losses[i! * BATCH_SIZE + j!]! += loss
      if (k === undefined) losses[j! * BATCH_SIZE + i!]! += loss
      else {
        losses[i! * BATCH_SIZE + k]! += loss
        triplets++
      }
    })
    this.count(triplets)
    this.choose(batch)
    this.measure(batch, values)
  }

  /** The loss that samples i and j of the batch have with each other, 0 if they do not act. */
  loss(i: number, j: number): number {
    const loss = this.losses[i * BATCH_SIZE + j]!
    return loss > this.least ? loss : 0
  }

  /** As `loss` of the anchor and j, but 0 as well for those that are too many to draw. */
  shownLoss(j: number): number {
    const loss = this.loss(this.anchor, j)
    return this.labels[j] !== this.labels[this.anchor] && loss < this.leastUnlike ? 0 : loss
  }

  private count(triplets: number): void {
    const { losses, labels } = this
    const size = labels.length
    let most = 0
    for (const loss of losses) if (loss > most) most = loss
    this.least = (this.spec.negligible ?? 0) * most
    let like = 0
    let possibleLike = 0
    let unlike = 0
    let possibleUnlike = 0
    for (let i = 0; i < size; i++) {
      let sum = 0
      for (let j = 0; j < size; j++) {
        const acts = this.loss(i, j) > 0
        sum += this.loss(i, j)
        if (j <= i) continue
        if (labels[i] === labels[j]) {
          possibleLike++
          if (acts) like++
        } else {
          possibleUnlike++
          if (acts) unlike++
        }
      }
      this.rowSums[i] = sum
    }
    this.counts = { like, possibleLike, unlike, possibleUnlike, triplets }
  }

  private choose({ points, chosen, stays }: ShownBatch): void {
    const acts = (place: number): boolean => this.rowSums[place]! > 0 && this.hasUnlike(place)
    const kept = stays ? points.indexOf(this.point) : -1
    if (chosen >= 0) this.anchor = chosen
    else if (kept >= 0 && acts(kept)) this.anchor = kept
    else {
      const size = points.length
      // The next one in the batch that acts; where none does, the next one.
      const next = (from: number): number => (from + BATCH_STRIDE) % Math.max(1, size)
      let place = next(Math.max(0, this.anchor))
      for (let tried = 0; tried < size && !acts(place); tried++) place = (place + 1) % size
      this.anchor = size === 0 ? -1 : place
    }
    this.point = points[this.anchor] ?? -1
  }

  /** Whether an anchor acts on another class, which tells more than that it acts on its own. */
  private hasUnlike(place: number): boolean {
    return this.labels.some((label, j) => label !== this.labels[place] && this.loss(place, j) > 0)
  }

  private measure({ labels, squared }: ShownBatch, values: TermValues): void {
    const { anchor } = this
    this.borders = []
    this.leastUnlike = 0
    if (anchor < 0) return
    let farthest = 0
    const unlike: number[] = []
    labels.forEach((label, j) => {
      if (label !== labels[anchor]) {
        unlike.push(this.loss(anchor, j))
        return
      }
      farthest = Math.max(farthest, squared[anchor * labels.length + j]!)
    })
    unlike.sort((a, b) => b - a)
    this.leastUnlike = unlike[MOST_UNLIKE - 1] ?? 0
    this.borders = this.spec.borders?.(values, farthest) ?? []
  }
}
