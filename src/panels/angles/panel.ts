import { TEX } from '../common'
import { compared } from './compared'
import type { Panel } from '../panel'
import { AnglesDrawing } from './drawing'

export const panel: Panel = {
  id: 'angles',
  after: null,
  title: 'Angles',
  subtitle: String.raw`${TEX.psi} over the angles $\theta$ of the points`,
  help:
    'The margin lowers the curve under the cosine: each feature must come closer to its own class vector, ' +
    'so the filled histogram moves left and away from the outlined one.',
  needs: ['points'],
  share: 1.3,
  compared,
  create: () => new AnglesDrawing(),
  ofEmbeddings: {
    subtitle: String.raw`angles $\theta$ of the embeddings to the class vectors`,
    help:
      'The farther the filled histogram (own class) lies left of the outlined one (nearest other), the better they ' +
      'are told apart.',
  },
}
