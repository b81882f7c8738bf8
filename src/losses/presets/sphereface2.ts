import { onHypersphere } from '../preset-settings'
import type { Preset } from '../preset-spec'

export const preset: Preset = {
  id: 'sphereface2',
  name: 'SphereFace2',
  family: 'margin',
  summary: 'One yes-or-no question for each class in place of the softmax.',
  watch:
    'One threshold for all classes: a feature counts as one of a class within it, whatever the other classes say.',
  source: {
    text: 'Wen et al., SphereFace2: Binary Classification is All You Need for Deep Face Recognition',
    year: 2022,
  },
  settings: () => ({
    ...onHypersphere({
      margin: { kind: 'binary-cosine', parameters: { m: 0.2 } },
      loss: { kind: 'one-vs-all', parameters: { alpha: 0.5 } },
    }),
    curriculum: { margin: { start: 0.5, end: 0.8 } },
  }),
}
