import type { Panel } from '../panel'
import { Controls } from './Controls'
import { PipelineDrawing } from './drawing'

export const panel: Panel = {
  id: 'pipeline',
  after: 'verification',
  title: 'Pipeline',
  subtitle: 'from training by classes to an answer about identities that are never trained on',
  help:
    'Training passes pictures of known classes through layers to features, which the class vectors tell apart. ' +
    'Afterwards these are dropped: two pictures of other identities are the same if the cosine between their ' +
    'features reaches the threshold.',
  needs: ['weights'],
  share: 1,
  wide: true,
  // It is there where it is asked for, and in the enlarged panel Verification.
  concerns: () => false,
  Controls,
  watch: (_, { verifier }) => verifier.watch(),
  create: () => new PipelineDrawing(),
  ofEmbeddings: {
    subtitle: 'from two embeddings to an answer',
    help: 'Two embeddings are of the same class if the cosine between them reaches the threshold.',
    // They come with their verification.
    watch: () => () => undefined,
  },
}
