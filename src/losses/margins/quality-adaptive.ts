import { add, cos, divide, multiply, subtract, type Expression } from '../../geometry/expression'
import { clip } from '../clip'
import type { MarginFunction } from '../margin-function'

/** Angles and cosines stay this far from their ends, as in the authors' code. */
const CLEARANCE = 1e-3
const EDGE = Math.acos(1 - CLEARANCE)

const quality = clip(multiply('h', divide(subtract('fixedNorm', 'mean'), add('deviation', CLEARANCE))), -1, 1)
const shift = multiply('m', quality)

const moving = (old: string, fresh: string): Expression =>
  add(multiply('emaMomentum', fresh), multiply(subtract(1, 'emaMomentum'), old))

/**
 * ψ(θ) = cos(θ − mq) − m − mq, with the quality q in [−1, 1] of a sample from how its norm lies among those of
 * late, without gradient: AdaFace, Kim et al. 2022.
 */
export const margin: MarginFunction = {
  id: 'quality-adaptive',
  name: 'quality-adaptive',
  parameters: [
    {
      id: 'm',
      alias: 'margin',
      symbol: String.raw`m`,
      label: 'margin',
      unit: '',
      min: 0,
      max: 0.9,
      step: 0.01,
      default: 0.4,
      neutral: 0,
      help: 'How far the emphasis moves from easy to hard samples as their quality grows.',
    },
    {
      id: 'h',
      symbol: String.raw`h`,
      label: 'concentration',
      unit: '',
      min: 0.05,
      max: 2,
      step: 0.001,
      default: 0.333,
      help: 'How many deviations of the norm reach the extremes of quality: more with a small h.',
      advanced: true,
    },
    {
      id: 'emaMomentum',
      symbol: String.raw`\alpha`,
      label: 'memory of the norms',
      unit: '',
      min: 0,
      max: 1,
      step: 0.01,
      default: 0.05,
      help: 'How much of the mean and deviation of the norms comes from the newest batch.',
      advanced: true,
    },
  ],
  psi: subtract(
    cos(clip(add(clip('theta', EDGE, Math.PI - EDGE), multiply(-1, shift)), CLEARANCE, Math.PI - CLEARANCE)),
    add('m', shift),
  ),
  other: clip('cosTheta', CLEARANCE - 1, 1 - CLEARANCE),
  individual: {
    value: 'lead',
    unit: '',
    symbol: String.raw`\cos\theta_y-\psi`,
    help:
      'Near its class, a sample of high quality has the greater margin; far from it, one of low quality is let ' +
      'off.',
  },
  state: [
    {
      id: 'mean',
      symbol: String.raw`\mu`,
      label: 'mean norm',
      start: () => 20,
      next: moving('mean', 'meanNorm'),
    },
    {
      id: 'deviation',
      symbol: String.raw`\sigma`,
      label: 'deviation of the norms',
      start: () => 100,
      next: moving('deviation', 'deviationNorm'),
    },
  ],
  typical: () => ({ mean: 0, fixedNorm: 0, deviation: 1 }),
  equation: String.raw`\cos(\theta-\p{m}\,q)-\p{m}-\p{m}\,q`,
  parts: {
    other: String.raw`\cos\theta`,
    lines: () => [
      String.raw`q=\operatorname{clip}_{\pm1}\Bigl(\p{h}\,\tfrac{\lVert x\rVert-\mu}{\sigma+${CLEARANCE}}\Bigr)`,
      String.raw`\mu\leftarrow\mu+\p{emaMomentum}\,(\mu_{\text{batch}}-\mu),\ \sigma\text{ likewise}`,
      String.raw`\text{angles and cosines clipped by }${CLEARANCE}`,
    ],
  },
  source: { text: 'Kim et al., AdaFace: Quality Adaptive Margin for Face Recognition', year: 2022 },
}
