import type { Preset } from '../preset-spec'

export const preset: Preset = {
  id: 'a-softmax',
  name: 'A-Softmax (SphereFace)',
  family: 'margin',
  summary: 'The target angle counts m-fold between unit class vectors: an angular margin.',
  watch: 'Each class shrinks to a narrow sector; larger m, narrower sectors.',
  source: {
    text: 'Liu et al., SphereFace: Deep Hypersphere Embedding for Face Recognition, eq. 7',
    year: 2017,
  },
  settings: () => ({
    head: {
      bias: false,
      normalizeWeights: true,
      start: 'even',
      margin: { kind: 'multiplicative', parameters: { m: 4 } },
    },
  }),
}
