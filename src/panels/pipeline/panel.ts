import type { Panel } from '../panel'
import { followPinned, useChoice, type Choice } from './choice'
import { Controls } from './Controls'
import { PipelineDrawing } from './drawing'

export const panel: Panel<Choice> = {
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
  watch: (changed, { store, verifier }) => {
    const ends = [verifier.watch(), useChoice.subscribe(changed), followPinned(store)]
    return () => ends.forEach((end) => end())
  },
  data: () => useChoice.getState(),
  create: () => new PipelineDrawing(),
  ofEmbeddings: {
    subtitle: 'from two embeddings to an answer',
    help: 'Two embeddings are of the same class if the cosine between them reaches the threshold.',
    // They come with their verification.
    watch: (changed) => useChoice.subscribe(changed),
  },
}
