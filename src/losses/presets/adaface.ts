import { onHypersphere } from '../preset-settings'
import type { Preset } from '../preset-spec'

export const preset: Preset = {
  id: 'adaface',
  name: 'AdaFace',
  family: 'sample',
  summary: 'Long features press hard samples, short ones easy samples: the norm stands for image quality.',
  watch: 'Short features near the boundary are left alone.',
  source: { text: 'Kim et al., AdaFace: Quality Adaptive Margin for Face Recognition', year: 2022 },
  settings: (dimension) =>
    onHypersphere({
      margin: { kind: 'quality-adaptive', parameters: { m: dimension === 2 ? 0.15 : 0.35 } },
    }),
}
