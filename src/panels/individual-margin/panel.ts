import { MARGINS } from '../../losses/margin-registry'
import type { Panel } from '../panel'
import { IndividualMarginDrawing } from './drawing'

export const panel: Panel = {
  id: 'individual-margin',
  after: 'angles',
  title: 'Individual margins',
  subtitle: 'of each sample or class',
  help: 'This loss does not ask the same of all samples: see which margins it gives, and to how many.',
  needs: ['points', 'carried'],
  share: 0.9,
  concerns: ({ head }) => MARGINS.get(head.margin.kind).individual !== undefined,
  create: () => new IndividualMarginDrawing(),
}
