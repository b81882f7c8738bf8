import { TEX } from '../common'
import { compared } from './compared'
import type { Panel } from '../panel'
import { FeatureNormDrawing } from './drawing'

export const panel: Panel = {
  id: 'feature-norm',
  after: 'bias',
  title: 'Feature norm',
  subtitle: `${TEX.featureNorm} of the points, class by class`,
  help:
    'Easy, clear images tend to get long features and doubtful ones short; ' +
    'a loss on unit features does not see these lengths.',
  needs: ['points'],
  share: 1.1,
  compared,
  create: () => new FeatureNormDrawing(),
  ofEmbeddings: {
    subtitle: `${TEX.featureNorm} of the embeddings, class by class`,
    help: 'Easy, clear images tend to get long features and doubtful ones short; cosines do not see these lengths.',
  },
}
