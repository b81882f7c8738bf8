import { onHypersphere } from '../preset-settings'
import type { Preset } from '../preset-spec'

export const preset: Preset = {
  id: 'stretched-angle',
  name: 'Stretched angle',
  family: 'margin',
  summary: 'Each angle to the own class counts 1.35 times: A-Softmax with a factor that is no whole number.',
  watch:
    'Past 133° ψ rises again and would push samples away, of which the margin editor warns. The margin comes on ' +
    'when none is there any more.',
  source: {
    text:
      'an answer to the call for other functions ψ(θ) in A Comprehension of the Design of Loss Function in Face ' +
      'Recognition, § 4',
    year: 2026,
  },
  settings: () =>
    onHypersphere({
      margin: { kind: 'custom', text: 'cos(k*theta)', parameters: { k: 1.35 } },
    }),
}
