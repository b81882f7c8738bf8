import { add, cos, multiply } from '../../geometry/expression'
import type { MarginFunction } from '../margin-function'

const ownMargin = add('m', multiply('std', 'noise'))

/**
 * ψ(θ) = cos(θ + m′) with m′ drawn for each sample and step from N(m, σ): ElasticFace-Arc, Boutros et al. 2022.
 */
export const margin: MarginFunction = {
  id: 'elastic-angular',
  name: 'elastic angular',
  parameters: [
    {
      id: 'm',
      alias: 'margin',
      symbol: String.raw`m`,
      label: 'mean margin',
      unit: 'rad',
      min: 0,
      max: 1.4,
      step: 0.01,
      default: 0.5,
      neutral: 0,
      help: 'The angle to its own class, plus m on average, must still be the smallest.',
    },
    {
      id: 'std',
      symbol: String.raw`\sigma`,
      label: 'spread of the margin',
      unit: 'rad',
      min: 0,
      max: 0.5,
      step: 0.005,
      default: 0.0125,
      neutral: 0,
      help: 'How far the margins of single samples scatter around m; each draws its own, anew in each step.',
    },
  ],
  psi: cos(add('theta', ownMargin)),
  individual: {
    value: ownMargin,
    unit: 'rad',
    symbol: 'm',
    help: 'Each sample draws its margin anew in each step: one such draw, and the distribution that it is from.',
  },
  typical: () => ({ noise: 0 }),
  equation: String.raw`\cos(\theta+\mathcal N(\p{m},\p{std}))`,
  source: {
    text: 'Boutros et al., ElasticFace: Elastic Margin Loss for Deep Face Recognition',
    year: 2022,
  },
}
