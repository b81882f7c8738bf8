import { onHypersphere } from '../preset-settings'
import type { Preset } from '../preset-spec'

export const preset: Preset = {
  id: 'linear-margin',
  name: 'Linear margin',
  family: 'margin',
  summary: 'CosFace with a margin that is whole at the class centre and shrinks to nothing on the far side.',
  watch:
    'Samples far from their class feel hardly more than softmax. Quite near their class vector, where sin θ < m / π, ' +
    'the margin pushes them out.',
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
        text: 'cos(theta) - m*(1 - theta/pi)',
        parameters: { m: dimension === 2 ? 0.15 : 0.35 },
      },
    }),
}
