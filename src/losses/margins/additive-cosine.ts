import { subtract } from '../../geometry/expression'
import type { MarginFunction } from '../margin-function'

/** ψ(θ) = cos θ − m: CosFace, Wang et al. 2018, eq. 4 (AM-Softmax, Wang et al. 2018). */
export const margin: MarginFunction = {
  id: 'additive-cosine',
  name: 'additive cosine',
  parameters: [
    {
      id: 'm',
      alias: 'margin',
      symbol: 'm',
      label: 'margin',
      unit: '',
      min: 0,
      max: 0.8,
      step: 0.01,
      default: 0.15,
      neutral: 0,
      help: 'The cosine to its own class must lead all others by m: the demanded region shrinks.',
    },
  ],
  psi: subtract('cosTheta', 'm'),
  equation: String.raw`\cos\theta-\p{m}`,
  source: {
    text: 'Wang et al., CosFace: Large Margin Cosine Loss for Deep Face Recognition, eq. 4',
    year: 2018,
  },
}
