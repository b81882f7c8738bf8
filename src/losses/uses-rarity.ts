import { symbols } from '../geometry/expression'
import type { Head } from './head'
import { HEAD_LOSSES } from './head-loss-registry'
import { expressionsOf } from './margin-setting'
import { TERMS } from './term-registry'

/** Whether a loss asks how many images each class has: by its margin, by its head's loss, or by a term. */
export function usesRarity(
  head: Pick<Head, 'margin' | 'loss'> | null,
  terms: readonly { readonly kind: string }[],
): boolean {
  const ofTerms = terms.some(({ kind }) => {
    const term = TERMS.get(kind)
    return term.form === 'weights' && term.usesRarity === true
  })
  if (ofTerms || !head) return ofTerms
  const inMargin = expressionsOf(head.margin).some((expression) => symbols(expression).has('rarity'))
  return inMargin || HEAD_LOSSES.get(head.loss.kind).usesRarity === true
}
