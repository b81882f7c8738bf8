import type { Preset } from '../types'

export const preset: Preset = {
  id: 'arcface',
  name: 'ArcFace',
  family: 'margin',
  summary: 'The angle to the own class, plus m, must still be the smallest.',
  watch: 'A gap of fixed angle between the classes, the same everywhere on the circle.',
  source: {
    text: 'Deng et al., ArcFace: Additive Angular Margin Loss for Deep Face Recognition, eq. 3',
    year: 2019,
  },
  settings: () => ({
    head: {
      bias: false,
      normalizeWeights: true,
      normalizeFeatures: true,
      scale: 20,
      start: 'even',
      margin: { kind: 'additive-angular', parameters: { m: 0.5 } },
    },
    curriculum: { normalizeFeaturesAt: 0.5, margin: { start: 0.5, end: 0.8 } },
    rate: 4e-3,
  }),
}
