import { where, type Expression, type Term } from '../geometry/expression'

/** `value`, but at least `low` and at most `high`; constant outside. */
export function clip(value: Term, low: Term, high: Term): Expression {
  return where(value, low, low, where(high, value, high, value))
}
