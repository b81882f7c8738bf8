import type { Verification } from './verification'

/** Which pairs of pictures there are to look at. */
export const PAIR_KINDS = ['same', 'different', 'hardest-same', 'hardest-different'] as const

export type PairKind = (typeof PAIR_KINDS)[number]

const known = new WeakMap<Verification, Map<PairKind, Uint32Array>>()

/** The pairs of a kind, as indices: as they were drawn, or those first whose score misleads most. */
export function pairsOfKind(result: Verification, kind: PairKind): Uint32Array {
  const kinds = known.get(result) ?? new Map<PairKind, Uint32Array>()
  const pairs = kinds.get(kind) ?? findPairs(result, kind)
  known.set(result, kinds.set(kind, pairs))
  return pairs
}

function findPairs({ pairs, scores }: Verification, kind: PairKind): Uint32Array {
  const wanted = kind === 'same' || kind === 'hardest-same' ? 1 : 0
  const all = Uint32Array.from(pairs.same.keys()).filter((pair) => pairs.same[pair] === wanted)
  if (kind === 'hardest-same') all.sort((a, b) => scores[a]! - scores[b]!)
  if (kind === 'hardest-different') all.sort((a, b) => scores[b]! - scores[a]!)
  return all
}
