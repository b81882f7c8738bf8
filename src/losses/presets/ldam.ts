import type { Preset } from '../types'

export const preset: Preset = {
  id: 'ldam',
  name: 'LDAM',
  family: 'class',
  summary: 'The rarer a class, the larger its cosine margin.',
  watch: 'Rare classes get the widest berth; with even classes it is CosFace.',
  source: {
    text: 'Cao et al., Learning Imbalanced Datasets with Label-Distribution-Aware Margin Loss',
    year: 2019,
  },
  settings: (dimension) => ({
    head: {
      bias: false,
      normalizeWeights: true,
      normalizeFeatures: true,
      scale: 20,
      start: 'even',
      margin: { kind: 'label-distribution', parameters: { maxMargin: dimension === 2 ? 0.15 : 0.35 } },
    },
    curriculum: { normalizeFeaturesAt: 0.5, margin: { start: 0.5, end: 0.8 } },
    rate: 4e-3,
  }),
}
