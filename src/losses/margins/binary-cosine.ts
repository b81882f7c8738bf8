import { add, divide, multiply, power, subtract } from '../../geometry/expression'
import { classSpread } from '../../geometry/margin-bound'
import type { MarginFunction } from '../margin-function'

/** g(cos θ). */
const adjusted = subtract(multiply(2, power(divide(add('cosTheta', 1), 2), 't')), 1)

/**
 * The bias at which the threshold lies midway between a feature's own class vector and its neighbour, the vectors as
 * far apart as the dimension lets them be. The source (§ 3.3) takes all angles for 90°, as they are at random in many
 * dimensions; in two that bias is off by more than the optimizer can move it, and pushes all class vectors onto one.
 */
function startingBias(
  { t = 3 }: Readonly<Record<string, number>>,
  scale: number,
  classes: number,
  dimension: number,
): number {
  const cosine = Math.cos(classSpread(classes, dimension).angle)
  const neighbour = 2 * ((cosine + 1) / 2) ** t - 1
  return (-scale * (1 + neighbour)) / 2
}

/**
 * g(cos θ_y) − m for the target and g(cos θ_j) + m for the others, g(c) = 2 ((c + 1)/2)^t − 1, each in a logistic
 * loss of its own, with a shared bias; the slopes are those of the plain cosine: SphereFace2, Wen et al. 2022.
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
    {
      id: 'alpha',
      symbol: String.raw`\lambda`,
      label: 'weight of the own class',
      unit: '',
      min: 0.05,
      max: 0.95,
      step: 0.01,
      default: 0.7,
      help: 'How much the loss of the own class counts against those of all others.',
      advanced: true,
    },
    {
      id: 'lossWeight',
      symbol: String.raw`w`,
      label: 'weight of the loss',
      unit: '',
      min: 1,
      max: 100,
      step: 1,
      default: 50,
      help: 'All losses are multiplied by this and divided by the scale.',
      advanced: true,
    },
  ],
  psi: subtract(adjusted, 'm'),
  other: add(adjusted, 'm'),
  detached: true,
  binary: {
    own: multiply('alpha', 'lossWeight'),
    others: multiply(subtract(1, 'alpha'), 'lossWeight'),
    start: startingBias,
  },
  equation: String.raw`2\left(\tfrac{\cos\theta+1}{2}\right)^{\p{t}}-1-\p{m}`,
  parts: {
    other: String.raw`2\left(\tfrac{\cos\theta+1}{2}\right)^{\p{t}}-1+\p{m}`,
    loss: String.raw`\tfrac{\p{lossWeight}}{\p{scale}}\Bigl(\p{alpha}\log(1+e^{-z_y})\\&\quad+(1-\p{alpha})\sum_{j\ne y}\log(1+e^{z_j})\Bigr)`,
  },
  source: {
    text: 'Wen et al., SphereFace2: Binary Classification is All You Need for Deep Face Recognition',
    year: 2022,
  },
}
