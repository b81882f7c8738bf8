import type { Preset } from '../types'

export const preset: Preset = {
  id: 'curricularface',
  name: 'CurricularFace',
  family: 'sample',
  summary: 'ArcFace that weighs the hardest other classes more as training goes on.',
  watch: 'Easy samples settle first, then the boundaries sharpen.',
  source: {
    text: 'Huang et al., CurricularFace: Adaptive Curriculum Learning Loss for Deep Face Recognition',
    year: 2020,
  },
  settings: () => ({
    head: {
      bias: false,
      normalizeWeights: true,
      normalizeFeatures: true,
      scale: 20,
      start: 'even',
      margin: { kind: 'curricular-angular', parameters: { m: 0.5 } },
    },
    curriculum: { normalizeFeaturesAt: 0.5, margin: { start: 0.5, end: 0.8 } },
    rate: 4e-3,
  }),
}
