import { twoDigits } from '../../geometry/two-digits'
import { membersOf, nearestMeans } from '../class-means'
import type { TermValues } from '../forms/base'
import { NOTHING, type ShownBatch, type TermDrawing, type TermMark, type TermSight } from './term-drawing'

/**
 * The ranges of each class that act, and the two nearest class means with a bar as long as they should be apart: for a
 * term with the parameters `k`, how many ranges of a class, and `margin`, a squared distance.
 * @param name of the term, as a sentence begins
 */
export function rangesDrawing(name: string): TermDrawing {
  return { name: 'ranges', begin: () => (batch, values) => drawn(name, batch, values) }
}

function drawn(name: string, batch: ShownBatch, { parameters }: TermValues): TermSight {
  const { labels, squared, points, classes } = batch
  if (points.length === 0) return NOTHING
  const { k = 0, margin = 0 } = parameters
  const marks = ranges(batch)
  const longest =
    `${name} of ${points.length} points: ` +
    `${k === 1 ? 'the longest distance' : `the ${k} longest distances`} in each class`
  const nearest = nearestMeans({ size: labels.length, squared }, membersOf(labels))
  if (!nearest) return { marks, caption: `${longest}.` }
  const [a, b] = [nearest.a, nearest.b].map(([first]) => labels[first!]!) as [number, number]
  const from = { of: 'mean', at: a } as const
  const to = { of: 'mean', at: b } as const
  marks.push({ shape: 'line', from, to, tone: 'ink', width: 2, ends: 'large' })
  marks.push({ shape: 'bar', from, to, length: Math.sqrt(margin) })
  const rest = nearest.square >= margin ? ', which is enough' : ''
  const caption =
    `${longest}, and the nearest class means, ${classes[a]!} and ${classes[b]!}: ` +
    `squared distance ${twoDigits(nearest.square)} of the margin ${twoDigits(margin)}${rest}.`
  return { marks, caption }
}

function ranges({ labels, eachActing }: ShownBatch): TermMark[] {
  const found: (readonly [number, number])[] = []
  eachActing(([i, j]) => found.push([i!, j!]))
  return found
    .sort(([a, b], [c, d]) => a - c || b - d)
    .map(([i, j]) => ({
      shape: 'line',
      from: { of: 'sample', at: i },
      to: { of: 'sample', at: j },
      tone: { class: labels[i]! },
      width: 1.5,
      ends: 'small',
    }))
}
