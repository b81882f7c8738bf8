import { TEX } from '../common'
import { compared } from './compared'
import type { Panel } from '../panel'
import { RecallDrawing } from './drawing'

export const panel: Panel = {
  id: 'recall',
  after: 'weight-norm',
  title: 'Classes by size',
  subtitle: `recall of each class, from many images ${TEX.count} to few`,
  help:
    'The part of a class’s points that the net gets right, largest class first. The tail is the classes with at ' +
    'most a fifth of the images of the largest.',
  needs: ['points'],
  share: 1,
  concerns: ({ data }) => data.imbalance !== undefined && data.imbalance.kind !== 'uniform',
  compared,
  create: () => new RecallDrawing(),
}
