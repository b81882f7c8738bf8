import type { TermValues } from '../forms/base'
import { Acting, type ActingSpec, type Counts } from './acting'
import { NOTHING, type MarkPlace, type ShownBatch, type TermDrawing, type TermMark } from './term-drawing'

/** What differs between terms whose drawing has an anchor. */
export interface AnchoredSpec extends ActingSpec {
  readonly name: string
  /** How many of what act, as "3 of 8 triplets"; of pairs, like and unlike, where it says nothing. */
  readonly counted?: (counts: Counts, batch: ShownBatch, values: TermValues) => string
}

/** One anchor of the batch and what it acts on: lines solid to its class, dashed to others, and the borders of that. */
export function anchoredDrawing(spec: AnchoredSpec): TermDrawing {
  const { name, counted = pairsCounted } = spec
  return {
    name,
    begin: () => {
      const acting = new Acting(spec)
      return (batch, values) => {
        if (batch.points.length === 0) return NOTHING
        acting.evaluate(batch, values)
        const count = `${counted(acting.counts, batch, values)} of ${batch.points.length} points still act.`
        return { marks: marksOf(acting), caption: `${count} ${shown(acting, batch)}` }
      }
    },
  }
}

function pairsCounted({ like, possibleLike, unlike, possibleUnlike }: Counts): string {
  return (
    `${grouped(unlike)} of ${grouped(possibleUnlike)} unlike pairs and ` +
    `${grouped(like)} of ${grouped(possibleLike)} like pairs`
  )
}

/** A count with separators between thousands. */
export const grouped = (count: number): string => count.toLocaleString('en')

/** What is drawn of those that act. */
function shown(acting: Acting, { chosen, labels }: ShownBatch): string {
  const { anchor, borders } = acting
  const one = chosen >= 0 ? 'this point' : 'one anchor'
  if (labels.every((_, j) => acting.loss(anchor, j) === 0)) return `None with ${one} does.`
  const margin = borders.length > 0 ? '; the margin in orange' : ''
  return `Those of ${one}: solid to its class, dashed to others${margin}.`
}

/** The anchor, its borders and its lines: the more loss, the stronger. */
function marksOf(acting: Acting): TermMark[] {
  const { anchor, borders, labels } = acting
  const from: MarkPlace = { of: 'sample', at: anchor }
  const losses = labels.map((_, j) => acting.shownLoss(j))
  const most = Math.max(...losses)
  const solid: TermMark[] = []
  const dashed: TermMark[] = []
  losses.forEach((loss, j) => {
    if (loss === 0) return
    const share = Math.sqrt(loss / most)
    const line = { shape: 'line', from, to: { of: 'sample', at: j }, alpha: 0.35 + 0.65 * share } as const
    const label = labels[j]!
    if (label === labels[anchor]) {
      solid.push({ ...line, tone: { class: label }, width: 1.6 + 1.4 * share })
    } else {
      dashed.push({ ...line, tone: 'ink', width: 1 + 1.4 * share, dashed: true, fades: label })
    }
  })
  return [
    ...borders.map((square): TermMark => ({ shape: 'border', around: from, square })),
    // Dashed lines first: there are more of them.
    ...dashed,
    ...solid,
    { shape: 'ring', at: from },
  ]
}
