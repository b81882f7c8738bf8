import type { Preset } from '../preset-spec'

export const preset: Preset = {
  id: 'normface',
  name: 'NormFace',
  family: 'plain',
  summary: 'Features too have unit length, times a scale s: the loss sees angles only.',
  watch: 'All features count as points on the circle; s decides how hard they are pressed.',
  source: {
    text: 'Wang et al., NormFace: L2 Hypersphere Embedding for Face Verification (paper, eq. 13)',
    year: 2017,
  },
  settings: (dimension) => ({
    head: { bias: false, normalizeWeights: true, normalizeFeatures: true, scale: 16, start: 'even' },
    curriculum: { normalizeFeaturesAt: dimension === 2 ? 0.7 : 0.5 },
  }),
}
