import type { Preset } from '../preset-spec'

export const preset: Preset = {
  id: 'modified-softmax',
  name: 'Modified softmax',
  family: 'plain',
  summary: 'Class vectors have unit length, so that the nearest direction wins.',
  watch: 'Each boundary bisects the angle between two class vectors.',
  source: { text: 'Liu et al., SphereFace (paper, eq. 12)', year: 2017 },
  settings: () => ({
    head: { bias: false, normalizeWeights: true, start: 'even' },
  }),
}
