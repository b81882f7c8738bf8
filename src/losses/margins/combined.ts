import { add, multiply, subtract } from '../../geometry/expression'
import { extendedCosine, wholeTurnsLine } from '../extended-cosine'
import type { MarginFunction } from '../margin-function'

/**
 * ψ(θ) = cos(m₁θ + m₂) − m₃: the combined margin, Deng et al. 2019, eq. 4. Past m₁θ + m₂ = π, where the
 * paper says nothing, the cosine goes on falling as it does in A-Softmax.
 */
export const margin: MarginFunction = {
  id: 'combined',
  name: 'combined',
  parameters: [
    {
      id: 'm1',
      symbol: 'm_1',
      label: 'multiplicative part',
      unit: '',
      min: 1,
      max: 2,
      step: 0.01,
      default: 1,
      neutral: 1,
      help: 'The angle to its own class counts m₁-fold.',
    },
    {
      id: 'm2',
      symbol: 'm_2',
      label: 'angular part',
      unit: 'rad',
      min: 0,
      max: 1,
      step: 0.01,
      default: 0.2,
      neutral: 0,
      help: 'This much is added to the angle to its own class.',
    },
    {
      id: 'm3',
      symbol: 'm_3',
      label: 'cosine part',
      unit: '',
      min: 0,
      max: 0.5,
      step: 0.01,
      default: 0.05,
      neutral: 0,
      help: 'This much is taken from the cosine to its own class.',
    },
  ],
  psi: subtract(extendedCosine(add(multiply('m1', 'theta'), 'm2')), 'm3'),
  equation: String.raw`\cos(\p{m1}\theta+\p{m2})-\p{m3}`,
  parts: {
    lines: () => [
      String.raw`\text{past }\pi\text{: }(-1)^k\cos(\ldots)-2k-m_3`,
      wholeTurnsLine(String.raw`(\p{m1}\theta_y+\p{m2})`),
    ],
  },
  source: {
    text: 'Deng et al., ArcFace: Additive Angular Margin Loss for Deep Face Recognition, eq. 4',
    year: 2019,
  },
}
