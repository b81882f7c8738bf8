import { twoDigits, whole } from '../format'
import type { Shown } from './term-layer'

/** What a term does in the batch on the stage, in words. @param focus the point that the user chose, or −1 */
export function termCaption(
  { term, setting, acting, means }: Shown,
  names: readonly string[],
  focus: number,
): string {
  const { counts, points, anchor, labels } = acting
  if (points.length === 0) return ''
  const batch = `of ${points.length} points`
  if (term.acting.name === 'ranges') {
    const k = setting.parameters.k ?? 0
    const longest = `Range loss ${batch}: ${k === 1 ? 'the longest distance' : `the ${k} longest distances`} in each class`
    if (!means) return `${longest}.`
    const margin = setting.parameters.margin ?? 0
    const rest = means.square >= margin ? ', which is enough' : ''
    return (
      `${longest}, and the nearest class means, ${names[means.a]} and ${names[means.b]}: ` +
      `squared distance ${twoDigits(means.square)} of the margin ${twoDigits(margin)}${rest}.`
    )
  }
  const idle = anchor >= 0 && labels.every((_, j) => acting.loss(anchor, j) === 0)
  const one = focus >= 0 && points[anchor] === focus ? 'this point' : 'one anchor'
  const shown = idle
    ? ` None with ${one} does.`
    : ` Those of ${one}: solid to its class, dashed to others${acting.borders.length > 0 ? '; the margin in orange' : ''}.`
  if (term.acting.name === 'triplets') {
    const kind = term.minings?.find(({ id }) => id === setting.mining)
    const mined = kind && kind.id !== 'batch-all' ? `${kind.label} ` : ''
    return `${whole(counts.triplets)} of ${whole(counts.possibleTriplets)} ${mined}triplets ${batch} still act.${shown}`
  }
  return (
    `${whole(counts.unlike)} of ${whole(counts.possibleUnlike)} unlike pairs and ` +
    `${whole(counts.like)} of ${whole(counts.possibleLike)} like pairs ${batch} still act.${shown}`
  )
}
