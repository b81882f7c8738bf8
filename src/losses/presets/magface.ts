import { onHypersphere } from '../preset-settings'
import type { Preset } from '../preset-spec'

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
  settings: () =>
    onHypersphere({
      margin: { kind: 'norm-adaptive-angular', parameters: {} },
    }),
}
