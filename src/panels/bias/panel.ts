import { TEX } from '../common'
import { compared } from './compared'
import type { Panel } from '../panel'
import { BiasDrawing } from './drawing'

export const panel: Panel = {
  id: 'bias',
  after: 'recall',
  title: 'Bias',
  subtitle: `${TEX.bias} of each class`,
  help: 'A class with a larger bias wins ground from its neighbours everywhere, however long the features are.',
  needs: ['bias'],
  share: 0.85,
  compared,
  create: () => new BiasDrawing(`The bias is off. Switch it on to see ${TEX.bias}.`),
  ofEmbeddings: { create: () => new BiasDrawing(`No biases ${TEX.bias} came with these embeddings.`) },
}
