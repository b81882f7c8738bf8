import { add, cos, multiply, sin, subtract, where, type Expression, type Term } from '../geometry/expression'

/** cos(θ + m), which past θ + m = π goes on as cos θ − m sin m, so that the target logit keeps falling. */
export function extendedAngular(m: Term): Expression {
  return where(add('theta', m), Math.PI, cos(add('theta', m)), subtract('cosTheta', multiply(m, sin(m))))
}
