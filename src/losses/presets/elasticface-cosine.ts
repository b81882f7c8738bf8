import { onHypersphere } from '../preset-settings'
import type { Preset } from '../preset-spec'

export const preset: Preset = {
  id: 'elasticface-cosine',
  variant: { of: 'elasticface', name: 'cos' },
  name: 'ElasticFace-Cos',
  family: 'sample',
  summary: 'The cosine margin is drawn for each sample and step, so that no two are pressed alike.',
  watch: 'The gap of CosFace with a soft edge.',
  source: {
    text: 'Boutros et al., ElasticFace: Elastic Margin Loss for Deep Face Recognition',
    year: 2022,
  },
  settings: (dimension) =>
    onHypersphere({
      margin: { kind: 'elastic-cosine', parameters: { m: dimension === 2 ? 0.15 : 0.35, std: 0.0125 } },
    }),
}
