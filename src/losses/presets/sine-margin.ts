import { onHypersphere } from '../preset-settings'
import type { Preset } from '../preset-spec'

export const preset: Preset = {
  id: 'sine-margin',
  name: 'Sine margin',
  family: 'margin',
  summary:
    'An angular margin m sin θ that vanishes at the class centre, so that none is too large for the circle.',
  watch: 'The centre of each class stays free of pressure; the margin acts on samples between the classes.',
  source: {
    text:
      'an answer to the call for other functions ψ(θ) in A Comprehension of the Design of Loss Function in Face ' +
      'Recognition, § 4',
    year: 2026,
  },
  settings: (dimension) =>
    onHypersphere({
      margin: {
        kind: 'custom',
        text: 'cos(theta + m*sin(theta))',
        parameters: { m: dimension === 2 ? 0.5 : 0.8 },
      },
    }),
}
