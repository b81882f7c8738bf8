import { onHypersphere } from '../preset-settings'
import type { Preset } from '../preset-spec'

export const preset: Preset = {
  id: 'combined-margin',
  name: 'Combined margin',
  family: 'margin',
  summary: 'All three margins in one: cos(m₁θ + m₂) − m₃.',
  watch: 'Which of the three moves the edge of the demanded region, and where.',
  source: { text: 'Deng et al., ArcFace, eq. 4', year: 2019 },
  settings: () =>
    onHypersphere({
      margin: { kind: 'combined', parameters: { m1: 1, m2: 0.2, m3: 0.05 } },
    }),
}
