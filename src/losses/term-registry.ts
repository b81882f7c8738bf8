import { Registry } from '../geometry/registry'
import type { Term } from './forms/term'

/** Every term of `terms/`. */
export const TERMS = new Registry(
  'term',
  import.meta.glob<Term>('./terms/*.ts', { eager: true, import: 'term' }),
)
