import { tripletTerm } from '../../losses/acting-triplets'
import type { Panel } from '../panel'
import { compared } from './compared'
import { Controls } from './Controls'
import { TripletsDrawing } from './drawing'

export const panel: Panel = {
  id: 'triplets',
  after: 'image-quality',
  title: 'Triplets',
  subtitle: 'one before and now, and how many still act',
  help:
    'An anchor $a$ in the middle, a positive $p$ of its class and a negative $n$ of another, at their real ' +
    'distances. ' +
    String.raw`The triplet acts until the negative is outside of the orange margin: $d_{ap}^2+\alpha<d_{an}^2$. ` +
    'The curve counts those of the batch on the stage that act.',
  needs: ['points'],
  share: 2.3,
  concerns: ({ terms }) => tripletTerm(terms) !== undefined,
  Controls,
  compared,
  create: () => new TripletsDrawing(),
  Enlarged: Controls,
}
