import { add, cos, divide, multiply, subtract, where } from '../../geometry/expression'
import { clip } from '../clip'
import { EXTENDED_ANGULAR_LINE, extendedAngular } from '../extended-angular'
import type { MarginFunction } from '../margin-function'

/** The margin of a sample, linear in its norm. */
const marginOfNorm = add(
  multiply(
    divide(subtract('upperMargin', 'lowerMargin'), subtract('upperNorm', 'lowerNorm')),
    subtract(clip('norm', 'lowerNorm', 'upperNorm'), 'lowerNorm'),
  ),
  'lowerMargin',
)

/**
 * ψ(θ) = cos(θ + m(‖x‖)), m linear in the clipped norm, plus λ_g (‖x‖/u² + 1/‖x‖): MagFace, Meng et al. 2021.
 */
export const margin: MarginFunction = {
  id: 'norm-adaptive-angular',
  name: 'norm-adaptive angular',
  parameters: [
    {
      id: 'lowerMargin',
      symbol: String.raw`m_l`,
      label: 'least margin',
      unit: 'rad',
      min: 0,
      max: 1,
      step: 0.01,
      default: 0.2,
      neutral: 0,
      help: 'The margin of a sample with the least norm.',
    },
    {
      id: 'upperMargin',
      symbol: String.raw`m_u`,
      label: 'greatest margin',
      unit: 'rad',
      min: 0,
      max: 1.4,
      step: 0.01,
      default: 0.6,
      neutral: 0,
      help: 'The margin of a sample with the greatest norm: samples that are easy grow long.',
    },
    {
      id: 'lambdaG',
      symbol: String.raw`\lambda_g`,
      label: 'weight of the norm',
      unit: '',
      min: 0,
      max: 100,
      step: 0.1,
      default: 3,
      help: 'How strongly ‖x‖ itself is pulled towards the greatest norm.',
    },
    {
      id: 'lowerNorm',
      symbol: String.raw`l_a`,
      label: 'least norm',
      unit: '',
      min: 0.1,
      max: 50,
      step: 0.1,
      default: 0.5,
      help: 'Norms below this count as this.',
      advanced: true,
    },
    {
      id: 'upperNorm',
      symbol: String.raw`u_a`,
      label: 'greatest norm',
      unit: '',
      min: 0.2,
      max: 200,
      step: 0.1,
      default: 20,
      help: 'Norms above this count as this.',
      advanced: true,
    },
    {
      id: 'easyMargin',
      symbol: String.raw`e`,
      label: 'easy margin',
      unit: '',
      min: 0,
      max: 1,
      step: 1,
      default: 1,
      help: 'At 1, only samples within 90° of their class have a margin.',
      advanced: true,
    },
  ],
  psi: where(
    0,
    'easyMargin',
    where(0, 'cosTheta', cos(add('theta', marginOfNorm)), 'cosTheta'),
    extendedAngular(marginOfNorm),
  ),
  penalty: multiply('lambdaG', add(divide('norm', multiply('upperNorm', 'upperNorm')), divide(1, 'norm'))),
  individual: {
    value: marginOfNorm,
    unit: 'rad',
    symbol: String.raw`m(\lVert x\rVert)`,
    help: 'Samples with long features, which are easy, have the greater margins.',
  },
  typical: ({ lowerNorm = 0, upperNorm = 0 }) => ({ norm: (lowerNorm + upperNorm) / 2 }),
  equation: String.raw`\cos(\theta+m)`,
  parts: {
    penalty: String.raw`+\p{lambdaG}\Bigl(\tfrac{\lVert x\rVert}{\p{upperNorm}^2}+\tfrac1{\lVert x\rVert}\Bigr)`,
    lines: ({ easyMargin }) => [
      String.raw`m=\p{lowerMargin}+\tfrac{\p{upperMargin}-\p{lowerMargin}}{` +
        String.raw`\p{upperNorm}-\p{lowerNorm}}(a-\p{lowerNorm})`,
      String.raw`a=\min(\max(\lVert x\rVert,\p{lowerNorm}),\p{upperNorm})`,
      easyMargin === 1 ? String.raw`m=0\text{ past }\theta_y=90^\circ` : EXTENDED_ANGULAR_LINE,
    ],
  },
  source: {
    text: 'Meng et al., MagFace: A Universal Representation for Face Recognition and Quality Assessment',
    year: 2021,
  },
}
