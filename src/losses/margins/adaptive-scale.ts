import { cos, divide, log, multiply, subtract, term, where } from '../../geometry/expression'
import { clip } from '../clip'
import type { MarginFunction } from '../margin-function'

/**
 * ψ(θ) = cos θ with a scale that follows from the number of classes, or from each batch: AdaCos, Zhang et al. 2019,
 * § 4.1 (fixed) and 4.2 (dynamic).
 */
export const margin: MarginFunction = {
  id: 'adaptive-scale',
  name: 'adaptive scale',
  parameters: [
    {
      id: 'dynamic',
      symbol: String.raw`D`,
      label: 'dynamic scale',
      unit: '',
      min: 0,
      max: 1,
      step: 1,
      default: 1,
      help: 'At 1 the scale follows the angles of each batch; at 0 it follows from the number of classes alone.',
    },
  ],
  psi: term('cosTheta'),
  scale: term('scale'),
  state: [
    {
      id: 'scale',
      symbol: 's',
      label: 'scale',
      start: (classes) => Math.SQRT2 * Math.log(classes - 1),
      next: where(
        0,
        'dynamic',
        divide(log('meanOthers'), cos(clip('medianAngle', 0, Math.PI / 4))),
        multiply(Math.SQRT2, log(subtract('classes', 1))),
      ),
    },
  ],
  equation: String.raw`\cos\theta`,
  parts: {
    scale: String.raw`\tilde s`,
    lines: ({ dynamic }) =>
      dynamic === 1
        ? [
            String.raw`\tilde s\leftarrow\frac{\log B}{\cos\min(\pi/4,\ \operatorname{med}_i\theta_{y_i})}`,
            String.raw`B=\overline{\textstyle\sum_{j\ne y}e^{\tilde s\cos\theta_j}}`,
          ]
        : [String.raw`\tilde s=\sqrt2\,\log(n-1),\ n\text{ classes}`],
  },
  source: {
    text:
      'Zhang et al., AdaCos: Adaptively Scaling Cosine Logits for Effectively Learning Deep Face Representations, ' +
      '§ 4',
    year: 2019,
  },
}
