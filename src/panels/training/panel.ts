import type { Panel } from '../panel'
import { TrainingDrawing } from './drawing'

export const panel: Panel = {
  id: 'training',
  after: 'triplets',
  title: 'Training',
  subtitle: 'loss, train and test accuracy',
  help:
    'A harder loss has higher values, not worse features: compare accuracies, and look for the jumps ' +
    'where you changed something.',
  needs: ['steps'],
  share: 1.1,
  ofEmbeddings: { concerns: () => false },
  create: () => new TrainingDrawing(),
}
