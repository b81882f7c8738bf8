import type { Preset } from '../types'

export const preset: Preset = {
  id: 'magface',
  name: 'MagFace',
  family: 'sample',
  summary: 'The margin grows with the length of the feature, which so comes to tell its quality.',
  watch: 'Clear digits grow long and lie at their class vector, doubtful ones stay short.',
  source: {
    text: 'Meng et al., MagFace: A Universal Representation for Face Recognition and Quality Assessment',
    year: 2021,
  },
  settings: () => ({
    head: {
      bias: false,
      normalizeWeights: true,
      normalizeFeatures: true,
      scale: 20,
      start: 'even',
      margin: { kind: 'norm-adaptive-angular', parameters: {} },
    },
    curriculum: { normalizeFeaturesAt: 0.5, margin: { start: 0.5, end: 0.8 } },
    rate: 4e-3,
  }),
}
