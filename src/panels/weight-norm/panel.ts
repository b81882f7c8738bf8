import { TEX } from '../common'
import type { Panel } from '../panel'
import { WeightNormDrawing } from './drawing'

export const panel: Panel = {
  id: 'weight-norm',
  order: 2,
  title: 'Weight norm',
  subtitle: `${TEX.classNorm} against ${TEX.count} training images`,
  help:
    'A class with more images may grow a longer class vector, which takes ground from its neighbours; ' +
    'setting all lengths to 1 ends that.',
  needs: ['weights'],
  share: 1,
  create: () => new WeightNormDrawing(),
}
