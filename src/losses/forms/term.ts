import type { TermSetting, TermSizes } from './base'
import type { CenterTerm } from './centers'
import type { FeatureTerm } from './features'
import type { Mining, PairTerm } from './pairs'
import type { WeightTerm } from './weights'

/** What is added to the head's loss. The forms differ in what the term is a function of. */
export type Term = PairTerm | CenterTerm | FeatureTerm | WeightTerm

/** What a term carries from step to step, as it starts: empty where it carries nothing. */
export function startingState(term: Term, { classes, dimension }: TermSizes): Float32Array {
  switch (term.form) {
    case 'centers':
      return new Float32Array(classes * dimension)
    case 'features':
      return Float32Array.from(term.learned ?? [], ({ start }) => start)
    case 'pairs':
    case 'weights':
      return new Float32Array(0)
  }
}

/** The ways in which a term chooses what counts. */
export function miningsOf(term: Term): readonly Mining[] {
  return term.form === 'pairs' ? (term.minings?.choices ?? []) : []
}

/** A term as it is when it is added. */
export function defaultSetting(term: Term): TermSetting {
  const mining = miningsOf(term)[0]?.id
  return {
    kind: term.id,
    weight: term.weight,
    normalized: term.cosine === true,
    ...(mining === undefined ? {} : { mining }),
    parameters: Object.fromEntries(term.parameters.map(({ id, default: value }) => [id, value])),
  }
}
