import { onHypersphere } from '../preset-settings'
import type { Preset } from '../preset-spec'

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
  settings: () =>
    onHypersphere({
      margin: { kind: 'additive-angular', parameters: { m: 0.5 } },
    }),
}
