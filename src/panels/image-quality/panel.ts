import { TEX } from '../common'
import type { Panel } from '../panel'
import { Controls } from './Controls'
import { ImageQualityDrawing } from './drawing'

export const panel: Panel = {
  id: 'image-quality',
  after: 'feature-norm',
  title: 'Image quality',
  subtitle: `${TEX.featureNorm} of one picture as it gets worse`,
  help:
    'The corrupted picture goes through the network as it is now. The bar is the length of its feature, the grey ' +
    'hill those of all points.',
  needs: ['points'],
  share: 1,
  // A tool rather than a view: it is there where it is asked for.
  concerns: () => false,
  Controls,
  create: () => new ImageQualityDrawing(),
}
