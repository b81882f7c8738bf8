import { multiply, power, subtract } from '../../geometry/expression'
import type { MarginFunction } from '../margin-function'

const ownMargin = multiply('maxMargin', power('rarity', 0.25))

/**
 * ψ(θ) = cos θ − m (n_min / n_y)^¼: LDAM, Cao et al. 2019, whose constant C is such that the rarest class
 * has the margin m.
 */
export const margin: MarginFunction = {
  id: 'label-distribution',
  name: 'label-distribution cosine',
  parameters: [
    {
      id: 'maxMargin',
      symbol: String.raw`m_{\max}`,
      label: 'margin of the rarest class',
      unit: '',
      min: 0,
      max: 0.9,
      step: 0.01,
      default: 0.5,
      neutral: 0,
      help: 'The rarest class must lead by this much; a frequent one by less.',
    },
  ],
  psi: subtract('cosTheta', ownMargin),
  individual: {
    value: ownMargin,
    byClass: true,
    unit: '',
    symbol: 'm_y',
    help: 'The fewer images a class has in the training set, the greater its margin.',
  },
  typical: () => ({ rarity: 1 }),
  equation: String.raw`\cos\theta-\p{maxMargin}\left(\frac{n_{\min}}{n_y}\right)^{1/4}`,
  source: {
    text: 'Cao et al., Learning Imbalanced Datasets with Label-Distribution-Aware Margin Loss',
    year: 2019,
  },
}
