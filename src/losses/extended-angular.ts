import {
  add,
  cos,
  multiply,
  sin,
  subtract,
  where,
  type Expression,
  type Operand,
} from '../geometry/expression'

/** The continuation in TeX, as a line of an equation. */
export const EXTENDED_ANGULAR_LINE = String.raw`\text{past }\pi\text{: }\cos\theta_y-m\sin m`

/** cos(θ + m), which past θ + m = π goes on as cos θ − m sin m, so that the target logit keeps falling. */
export function extendedAngular(m: Operand): Expression {
  return where(add('theta', m), Math.PI, cos(add('theta', m)), subtract('cosTheta', multiply(m, sin(m))))
}
