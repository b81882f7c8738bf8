import { add, cos, multiply, subtract, where } from '../../geometry/expression'
import { EXTENDED_ANGULAR_LINE, extendedAngular } from '../extended-angular'
import type { MarginFunction } from '../margin-function'

/** cos(θ_y + m), also past π. */
const edge = cos(add('targetTheta', 'm'))

/**
 * ψ(θ) = cos(θ + m) for the target, and cos θ_j (t + cos θ_j) for other classes that beat it; t is the moving mean
 * of the target cosine: CurricularFace, Huang et al. 2020.
 */
export const margin: MarginFunction = {
  id: 'curricular-angular',
  name: 'curricular angular',
  parameters: [
    {
      id: 'm',
      alias: 'margin',
      symbol: String.raw`m`,
      label: 'margin',
      unit: 'rad',
      min: 0,
      max: 1.4,
      step: 0.01,
      default: 0.5,
      neutral: 0,
      help: 'The angle to its own class, plus m, must still be the smallest.',
    },
    {
      id: 'tMomentum',
      symbol: String.raw`\alpha`,
      label: 'pace of the curriculum',
      unit: '',
      min: 0,
      max: 1,
      step: 0.0005,
      default: 0.01,
      help:
        'How much of t comes from the newest batch: t weighs the hard classes. In a short run a quick t tears ' +
        'classes apart.',
      advanced: true,
    },
  ],
  psi: extendedAngular('m'),
  other: where(edge, 'cosTheta', multiply('cosTheta', add('t', 'cosTheta')), 'cosTheta'),
  individual: {
    value: 'lead',
    unit: '',
    symbol: String.raw`\cos\theta_y-\cos\theta_j`,
    help: 'The lead in cosine that each sample must have over the nearest other class: other where that class wins.',
  },
  state: [
    {
      id: 't',
      symbol: 't',
      label: 'moving mean of the target cosine',
      start: () => 0,
      next: add(multiply('tMomentum', 'meanCosine'), multiply(subtract(1, 'tMomentum'), 't')),
    },
  ],
  equation: String.raw`\cos(\theta+\p{m})`,
  parts: {
    other: 'h_j',
    lines: () => [
      String.raw`h_j=\cos\theta_j,\text{ times }t+\cos\theta_j\text{ where hard}`,
      String.raw`\text{hard}:\ \cos\theta_j>\cos(\theta_y+\p{m})`,
      String.raw`t\leftarrow t+\p{tMomentum}\,(\overline{\cos\theta_y}-t)`,
      EXTENDED_ANGULAR_LINE,
    ],
  },
  source: {
    text: 'Huang et al., CurricularFace: Adaptive Curriculum Learning Loss for Deep Face Recognition',
    year: 2020,
  },
}
