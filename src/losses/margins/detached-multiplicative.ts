import { multiply } from '../../geometry/expression'
import { extendedCosine, wholeTurnsLine } from '../extended-cosine'
import type { MarginFunction } from '../margin-function'

/**
 * The value of A-Softmax's ψ with the slope of the plain cosine: the difference of the two counts as a constant
 * (the characteristic gradient detachment of SphereFace-R, Liu et al. 2022).
 */
export const margin: MarginFunction = {
  id: 'detached-multiplicative',
  name: 'detached multiplicative angular',
  parameters: [
    {
      id: 'm',
      alias: 'margin',
      symbol: String.raw`m`,
      label: 'margin',
      unit: '',
      min: 1,
      max: 6,
      step: 0.05,
      default: 1.5,
      neutral: 1,
      help: 'The angle to its own class counts m-fold in value, while the pull stays that of the cosine.',
    },
  ],
  psi: extendedCosine(multiply('m', 'theta')),
  detached: true,
  equation: String.raw`(-1)^k\cos(\p{m}\theta)-2k`,
  parts: { lines: () => [wholeTurnsLine(String.raw`\p{m}\theta_y`)] },
  source: {
    text: 'Liu et al., SphereFace Revived: Unifying Hyperspherical Face Recognition',
    year: 2022,
  },
}
