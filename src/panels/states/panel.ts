import { headStates } from '../../losses/head-states'
import type { Panel } from '../panel'
import { StatesDrawing } from './drawing'

export const panel: Panel = {
  id: 'states',
  after: 'training',
  title: 'Carried along',
  subtitle: 'what the loss keeps from batch to batch',
  help: 'This loss adapts to its batches: these numbers of it are moving means, or follow from each batch.',
  needs: ['carried'],
  share: 0.85,
  concerns: ({ head }) => headStates(head).all.length > 0,
  create: () => new StatesDrawing(),
}
