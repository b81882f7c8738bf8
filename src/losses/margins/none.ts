import { term } from '../../geometry/expression'
import type { MarginFunction } from '../margin-function'

/** ψ(θ) = cos θ: no margin. */
export const margin: MarginFunction = {
  id: 'none',
  name: 'no margin',
  parameters: [],
  plain: true,
  psi: term('cosTheta'),
  equation: String.raw`\cos\theta`,
  source: { text: 'the plain softmax classifier', year: 1989 },
}
