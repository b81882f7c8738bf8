import { onHypersphere } from '../preset-settings'
import type { Preset } from '../preset-spec'

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
  settings: () =>
    onHypersphere({
      margin: { kind: 'curricular-angular', parameters: { m: 0.5, tMomentum: 5e-4 } },
    }),
}
