import { multiply, negate, subtract } from '../../geometry/expression'
import type { MarginFunction } from '../margin-function'

const ownMargin = multiply('strength', 'classMargin')

/**
 * ψ(θ) = cos θ − m_y with a learned margin for each class, and −λ times the mean margin added to the loss:
 * AdaptiveFace, Liu et al. 2019. While the margin is ramped up, m_y counts in part.
 */
export const margin: MarginFunction = {
  id: 'learned-cosine',
  name: 'learned cosine',
  parameters: [
    {
      id: 'lambda',
      symbol: String.raw`\lambda`,
      label: 'pull on the margins',
      unit: '',
      min: 0,
      max: 50,
      step: 0.5,
      default: 5,
      help: 'How strongly the learned margins are pulled up, against the cross-entropy that pushes them down.',
    },
  ],
  psi: subtract('cosTheta', ownMargin),
  individual: {
    value: ownMargin,
    byClass: true,
    unit: '',
    symbol: 'm_y',
    help: 'Each class learns its own: the cross-entropy pushes the margins of hard classes down.',
  },
  classPenalty: negate(multiply('strength', multiply('lambda', 'classMargin'))),
  derive: (_parameters, _step, { strength }) => ({ strength }),
  typical: () => ({ classMargin: 0 }),
  equation: String.raw`\cos\theta-\p{strength}m_y`,
  parts: { penalty: String.raw`-\p{strength}\p{lambda}\,\tfrac1n\sum_j m_j` },
  source: {
    text: 'Liu et al., AdaptiveFace: Adaptive Margin and Sampling for Face Recognition',
    year: 2019,
  },
}
