import { EXTENDED_ANGULAR_LINE, extendedAngular } from '../extended-angular'
import type { MarginFunction } from '../margin-function'

/**
 * ψ(θ) = cos(θ + m): ArcFace, Deng et al. 2019, eq. 3. Past θ + m = π it goes on as cos θ − m sin m, so that
 * the target logit keeps falling and the gradient keeps its sign.
 */
export const margin: MarginFunction = {
  id: 'additive-angular',
  name: 'additive angular',
  parameters: [
    {
      id: 'm',
      alias: 'margin',
      symbol: 'm',
      label: 'margin',
      unit: 'rad',
      min: 0,
      max: 1.4,
      step: 0.01,
      default: 0.5,
      neutral: 0,
      help: 'The angle to its own class, plus m, must still be the smallest: the demanded arc shrinks.',
    },
  ],
  psi: extendedAngular('m'),
  equation: String.raw`\cos(\theta+\p{m})`,
  parts: { lines: () => [EXTENDED_ANGULAR_LINE] },
  source: {
    text: 'Deng et al., ArcFace: Additive Angular Margin Loss for Deep Face Recognition, eq. 3',
    year: 2019,
  },
}
