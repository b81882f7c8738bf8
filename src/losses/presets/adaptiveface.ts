import { onHypersphere } from '../preset-settings'
import type { Preset } from '../preset-spec'

export const preset: Preset = {
  id: 'adaptiveface',
  name: 'AdaptiveFace',
  family: 'class',
  summary: 'Each class learns its own cosine margin.',
  watch: 'Classes that are easy to tell apart take a larger margin.',
  source: {
    text: 'Liu et al., AdaptiveFace: Adaptive Margin and Sampling for Face Recognition',
    year: 2019,
  },
  settings: (dimension) =>
    onHypersphere({
      margin: { kind: 'learned-cosine', parameters: { lambda: dimension === 2 ? 3 : 2 } },
    }),
}
