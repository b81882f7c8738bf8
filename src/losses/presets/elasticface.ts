import { onHypersphere } from '../preset-settings'
import type { Preset } from '../preset-spec'

export const preset: Preset = {
  id: 'elasticface',
  variant: { of: 'elasticface', name: 'arc' },
  name: 'ElasticFace-Arc',
  family: 'sample',
  summary: 'The angular margin is drawn for each sample and step, so that no two are pressed alike.',
  watch: 'The gap of ArcFace with a soft edge.',
  source: {
    text: 'Boutros et al., ElasticFace: Elastic Margin Loss for Deep Face Recognition',
    year: 2022,
  },
  settings: () =>
    onHypersphere({
      margin: { kind: 'elastic-angular', parameters: { m: 0.5, std: 0.0125 } },
    }),
}
