import { tripletSpec } from '../../losses/acting-triplets'
import { BatchWatch } from '../../losses/batch-watch'
import { BATCH_POINTS, stageBatch } from '../../geometry/stage-batch'
import type { TermSetting } from '../../losses/forms/base'
import type { RunView } from '../../session/run-view'

/** Anchor, positive and negative, as places among the points. */
export type Triplet = readonly [anchor: number, positive: number, negative: number]

/** How a triplet lies at a step. Distances are squared, and between features as the term sees them. */
export interface TripletState {
  readonly step: number
  /** d_ap², d_an² and d_pn². */
  readonly ap: number
  readonly an: number
  readonly pn: number
  /** [d_ap² − d_an² + α]₊ */
  readonly loss: number
  /** The loss is above 0 and the mining takes the triplet, so that it is part of the loss that trains. */
  readonly acts: boolean
}

/** The triplets that can be looked at one after the other, and how each lies, by the term's own code. */
export class Triplets {
  /**
   * Those that acted when the run began: of each anchor of the batch on the stage the hardest, or all of the pinned
   * anchor; the hardest first. Where none acted, those that were the nearest to it. Empty while points are missing.
   */
  list: readonly Triplet[] = []
  private batch: readonly number[] = []
  private drawnFrom = ''
  private readonly all = new BatchWatch()
  private readonly three = new BatchWatch()

  /** Looks whether points, term or choice are others than before. */
  follow(run: RunView, setting: TermSetting, hidden: readonly number[], pinned: number | null): void {
    const { labels, count, history, generation, dimension } = run
    const { first } = history
    const { mining = '', normalized } = setting
    const margin = tripletSpec(setting.kind).margin(setting)
    const enough = count >= Math.min(BATCH_POINTS, labels.length)
    const from = `${generation} ${pinned} ${mining} ${normalized} ${margin} ${hidden.join()}`
    if (enough && from === this.drawnFrom) return
    this.drawnFrom = enough ? from : ''
    this.list = []
    if (!enough) return
    this.batch = stageBatch(labels, count, (label) => !hidden.includes(label), pinned ?? -1)
    // A point may be new on the stage and have no first look yet.
    if (this.batch.some((i) => first.steps[i] === -1)) {
      this.drawnFrom = ''
      return
    }
    const anchor = pinned === null ? -1 : this.batch.indexOf(pinned)
    this.all.setBatch(setting, this.batch, labels, first.features, dimension)
    this.list = this.hardest(setting, anchor)
    if (this.list.length === 0) this.list = this.nearestToActing(anchor)
  }

  /** How a triplet lies, by the features of all points at `step`. */
  momentOf(
    triplet: Triplet,
    setting: TermSetting,
    { labels, dimension }: Pick<RunView, 'labels' | 'dimension'>,
    features: Float32Array,
    step: number,
  ): TripletState {
    const { all, three, batch } = this
    three.setBatch(setting, triplet, labels, features, dimension)
    const ap = three.squared[1]!
    const an = three.squared[2]!
    let acts = false
    // Which triplets are mined depends on the whole batch.
    all.setBatch(setting, batch, labels, features, dimension)
    all.evaluate(setting, ([a, p, n]) => {
      acts ||= batch[a!] === triplet[0] && batch[p!] === triplet[1] && batch[n!] === triplet[2]
    })
    const loss = Math.max(0, ap - an + tripletSpec(setting.kind).margin(setting))
    return { step, ap, an, pn: three.squared[5]!, loss, acts }
  }

  /** Of the batch that was looked at: all of an anchor, or with −1 the hardest of each; the hardest first. */
  private hardest(setting: TermSetting, anchor: number): Triplet[] {
    const found = new Map<string, { readonly triplet: Triplet; readonly loss: number }>()
    this.all.evaluate(setting, ([a, p, n], loss) => {
      if (anchor >= 0 && a !== anchor) return
      const key = anchor < 0 ? `${a}` : `${p} ${n}`
      if (loss <= (found.get(key)?.loss ?? 0)) return
      found.set(key, { triplet: [this.batch[a!]!, this.batch[p!]!, this.batch[n!]!], loss })
    })
    return [...found.values()].sort((a, b) => b.loss - a.loss).map(({ triplet }) => triplet)
  }

  /** Where none of the batch acts: of each anchor, or of one, the farthest positive and the nearest negative. */
  private nearestToActing(anchor: number): Triplet[] {
    const { batch, all } = this
    const { labels, squared } = all
    const found = batch.flatMap((_, a) => {
      if (anchor >= 0 && a !== anchor) return []
      const row = squared.subarray(a * batch.length, (a + 1) * batch.length)
      let p = -1
      let n = -1
      row.forEach((square, j) => {
        if (labels[j] !== labels[a]) {
          if (n < 0 || square < row[n]!) n = j
        } else if (j !== a && (p < 0 || square > row[p]!)) p = j
      })
      if (p < 0 || n < 0) return []
      return [{ triplet: [batch[a]!, batch[p]!, batch[n]!] as const, gap: row[n]! - row[p]! }]
    })
    return found.sort((a, b) => a.gap - b.gap).map(({ triplet }) => triplet)
  }
}
