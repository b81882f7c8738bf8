import { onHypersphere } from '../preset-settings'
import type { Preset } from '../preset-spec'

export const preset: Preset = {
  id: 'coco',
  name: 'COCO',
  family: 'plain',
  summary: 'Cosines to unit class vectors, as NormFace, with a scale that the number of classes gives.',
  watch: 'The picture of NormFace in 2-D; in 3-D features end much nearer to their class vectors.',
  source: {
    text: 'Liu et al., Rethinking Feature Discrimination and Polymerization for Large-scale Recognition',
    year: 2017,
  },
  variantOf: 'normface',
  settings: () => onHypersphere({ scale: 6.25 }),
}
