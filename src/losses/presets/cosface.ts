import { onHypersphere } from '../preset-settings'
import type { Preset } from '../preset-spec'

export const preset: Preset = {
  id: 'cosface',
  name: 'CosFace',
  family: 'margin',
  summary: 'The cosine to the own class must lead all others by m.',
  watch: 'A gap of fixed cosine between the classes: the nearer two of them are, the wider is its angle.',
  source: {
    text: 'Wang et al., CosFace: Large Margin Cosine Loss for Deep Face Recognition, eq. 4',
    year: 2018,
  },
  settings: (dimension) =>
    onHypersphere({
      margin: { kind: 'additive-cosine', parameters: { m: dimension === 2 ? 0.15 : 0.35 } },
    }),
}
