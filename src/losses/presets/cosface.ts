import type { Preset } from '../types'

export const preset: Preset = {
  id: 'cosface',
  name: 'CosFace',
  family: 'margin',
  summary: 'The cosine to the own class must lead all others by m.',
  watch: 'A gap of fixed cosine between the classes: the same m asks for more where classes are far apart.',
  source: {
    text: 'Wang et al., CosFace: Large Margin Cosine Loss for Deep Face Recognition, eq. 4',
    year: 2018,
  },
  settings: (dimension) => ({
    head: {
      bias: false,
      normalizeWeights: true,
      normalizeFeatures: true,
      scale: 20,
      start: 'even',
      margin: { kind: 'additive-cosine', parameters: { m: dimension === 2 ? 0.15 : 0.35 } },
    },
    curriculum: { normalizeFeaturesAt: 0.5, margin: { start: 0.5, end: 0.8 } },
    rate: 4e-3,
  }),
}
