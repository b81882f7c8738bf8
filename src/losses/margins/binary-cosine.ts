import { add, divide, multiply, power, subtract } from '../../geometry/expression'
import type { MarginFunction } from '../margin-function'

/** g(cos θ). */
const adjusted = subtract(multiply(2, power(divide(add('cosTheta', 1), 2), 't')), 1)

/**
 * g(cos θ_y) − m for the target and g(cos θ_j) + m for the others, g(c) = 2 ((c + 1)/2)^t − 1, made for a
 * logistic loss of each (one-vs-all); the slopes are those of the plain cosine: SphereFace2, Wen et al. 2022.
 */
export const margin: MarginFunction = {
  id: 'binary-cosine',
  name: 'one-vs-all cosine',
  parameters: [
    {
      id: 'm',
      alias: 'margin',
      symbol: String.raw`m`,
      label: 'margin',
      unit: '',
      min: 0,
      max: 0.9,
      step: 0.01,
      default: 0.4,
      neutral: 0,
      help: 'The own class must lie this far above the threshold, the others this far below.',
    },
    {
      id: 't',
      symbol: String.raw`t`,
      label: 'exponent',
      unit: '',
      min: 1,
      max: 10,
      step: 0.1,
      default: 3,
      help: 'Spreads the cosines of other classes apart.',
    },
  ],
  psi: subtract(adjusted, 'm'),
  other: add(adjusted, 'm'),
  detached: true,
  loss: 'one-vs-all',
  bends: true,
  equation: String.raw`2\left(\tfrac{\cos\theta+1}{2}\right)^{\p{t}}-1-\p{m}`,
  parts: {
    other: String.raw`2\left(\tfrac{\cos\theta+1}{2}\right)^{\p{t}}-1+\p{m}`,
  },
  source: {
    text: 'Wen et al., SphereFace2: Binary Classification is All You Need for Deep Face Recognition',
    year: 2022,
  },
}
