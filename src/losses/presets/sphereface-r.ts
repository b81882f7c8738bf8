import { onHypersphere } from '../preset-settings'
import type { Preset } from '../preset-spec'

export const preset: Preset = {
  id: 'sphereface-r',
  name: 'SphereFace-R',
  family: 'margin',
  summary: 'The target angle counts m-fold, but the gradient stays that of the cosine.',
  watch: 'Narrow sectors as with A-Softmax, without annealing.',
  source: {
    text: 'Liu et al., SphereFace Revived: Unifying Hyperspherical Face Recognition',
    year: 2022,
  },
  settings: () =>
    onHypersphere({
      margin: { kind: 'detached-multiplicative', parameters: { m: 1.5 } },
    }),
}
