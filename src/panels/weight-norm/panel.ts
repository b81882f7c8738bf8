import { TEX } from '../common'
import { compared } from './compared'
import type { Panel } from '../panel'
import { WeightNormDrawing } from './drawing'

export const panel: Panel = {
  id: 'weight-norm',
  after: 'individual-margin',
  title: 'Weight norm',
  subtitle: `${TEX.classNorm} against ${TEX.count} training images`,
  help:
    'A class with more images may grow a longer class vector, which takes ground from its neighbours; ' +
    'setting all lengths to 1 ends that.',
  needs: ['weights'],
  share: 1,
  compared,
  create: () => new WeightNormDrawing('training images'),
  ofEmbeddings: {
    subtitle: `${TEX.classNorm} against ${TEX.count} embeddings`,
    help:
      'A class with a longer class vector takes ground from its neighbours: see whether larger classes have longer ' +
      'ones.',
    create: () =>
      new WeightNormDrawing('embeddings', 'There are no class weights: class means stand for them.'),
  },
}
