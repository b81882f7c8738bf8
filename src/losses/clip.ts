import { where, type Expression, type Operand } from '../geometry/expression'

/** `value`, but at least `low` and at most `high`; constant outside. */
export function clip(value: Operand, low: Operand, high: Operand): Expression {
  return where(value, low, low, where(high, value, high, value))
}
