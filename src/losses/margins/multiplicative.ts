import { add, divide, multiply } from '../../geometry/expression'
import { extendedCosine, wholeTurnsLine } from '../extended-cosine'
import type { MarginFunction } from '../margin-function'

/**
 * ψ(θ) = (−1)^k cos mθ − 2k for θ in [kπ/m, (k+1)π/m]: L-Softmax, Liu et al. 2016, eq. 6, and A-Softmax
 * (SphereFace), Liu et al. 2017, eq. 7 (paper's eq. 10, corrected). Any m ≥ 1, whole or not. Trained with
 * annealing: (λ cos θ + ψ)/(1 + λ), λ = max(λ_min, λ₀/(1 + γt)) at step t.
 */
export const margin: MarginFunction = {
  id: 'multiplicative',
  name: 'multiplicative angular',
  parameters: [
    {
      id: 'm',
      alias: 'margin',
      symbol: 'm',
      label: 'margin',
      unit: '',
      min: 1,
      max: 6,
      step: 0.05,
      default: 4,
      neutral: 1,
      help: 'The angle to its own class counts m-fold: each class shrinks to a narrow sector.',
    },
    {
      id: 'lambdaMin',
      symbol: String.raw`\lambda_{\min}`,
      label: 'least annealing',
      unit: '',
      min: 0,
      max: 50,
      step: 0.5,
      default: 5,
      help: 'How much of the plain cosine stays mixed in at the end; 0 is the pure margin.',
      advanced: true,
    },
    {
      id: 'lambdaMax',
      symbol: String.raw`\lambda_0`,
      label: 'first annealing',
      unit: '',
      min: 0,
      max: 2000,
      step: 10,
      default: 1000,
      help: 'How much of the plain cosine is mixed in at the start, so that training finds its way.',
      advanced: true,
    },
    {
      id: 'gamma',
      symbol: String.raw`\gamma`,
      label: 'annealing speed',
      unit: '',
      min: 0,
      max: 2,
      step: 0.01,
      default: 0.2,
      help: 'How fast the mixed-in cosine fades, per step.',
      advanced: true,
    },
  ],
  psi: divide(add(multiply('lambda', 'cosTheta'), extendedCosine(multiply('m', 'theta'))), add(1, 'lambda')),
  derive: ({ lambdaMin = 0, lambdaMax = 0, gamma = 0 }, step) => ({
    lambda: Math.max(lambdaMin, lambdaMax / (1 + gamma * step)),
  }),
  stepless: {
    parameter: {
      id: 'lambda',
      symbol: String.raw`\lambda`,
      label: 'annealing',
      unit: '',
      min: 0,
      max: 2000,
      step: 0.5,
      default: 0,
      help: 'How much of the plain cosine is mixed in; 0 is the pure margin.',
    },
    replaces: ['lambdaMin', 'lambdaMax', 'gamma'],
  },
  equation: String.raw`\frac{\p{lambda}\cos\theta+(-1)^k\cos(\p{m}\theta)-2k}{1+\p{lambda}}`,
  parts: { lines: () => [wholeTurnsLine(String.raw`\p{m}\theta_y`)] },
  source: {
    text: 'Liu et al., SphereFace: Deep Hypersphere Embedding for Face Recognition, eq. 7',
    year: 2017,
  },
}
