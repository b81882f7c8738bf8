import { onHypersphere } from '../preset-settings'
import type { Preset } from '../preset-spec'

export const preset: Preset = {
  id: 'ldam',
  name: 'LDAM',
  family: 'class',
  summary: 'The rarer a class, the larger its cosine margin.',
  watch: 'Rare classes get the widest berth; with even classes it is CosFace.',
  source: {
    text: 'Cao et al., Learning Imbalanced Datasets with Label-Distribution-Aware Margin Loss',
    year: 2019,
  },
  settings: (dimension) =>
    onHypersphere({
      margin: { kind: 'label-distribution', parameters: { maxMargin: dimension === 2 ? 0.15 : 0.35 } },
    }),
}
