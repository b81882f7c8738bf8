import { hasUnseen } from '../../datasets/registry'
import type { Panel } from '../panel'
import { EnlargedPipeline } from '../pipeline/Enlarged'
import { VerificationDrawing } from './drawing'

export const panel: Panel = {
  id: 'verification',
  after: 'states',
  title: 'Verification',
  subtitle: 'pairs of identities that are never trained on',
  help:
    'Two pictures are called the same identity when the cosine between their features reaches the threshold: ' +
    'drag its line and watch both kinds of errors. The less the two histograms overlap, the better. ' +
    'The curve has the share of same pairs that are accepted over that of different ones, for all thresholds.',
  needs: [],
  share: 1.3,
  concerns: ({ data }) => hasUnseen(data),
  watch: (_, { verifier }) => verifier.watch(),
  create: () => new VerificationDrawing(),
  ofEmbeddings: {
    subtitle: 'pairs of these embeddings',
    help:
      'Two embeddings are called the same class when the cosine between them reaches the threshold: drag its line ' +
      'and watch both kinds of errors. The curve has the share of same pairs that are accepted over that of ' +
      'different ones, for all thresholds.',
    concerns: () => true,
    // It comes with the embeddings.
    watch: () => () => undefined,
  },
  Enlarged: EnlargedPipeline,
}
