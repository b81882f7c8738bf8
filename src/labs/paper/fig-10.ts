import { beside, withLoss } from '../experiments'
import type { Lab } from '../lab'

export const lab: Lab = {
  id: 'fig-10',
  after: 'fig-9',
  figure: 'Fig. 10, § 3.5',
  title: 'The norm knows the quality',
  claim:
    'The better a picture shows a face, the longer its feature: $\\lVert x\\rVert$ tells the quality, and ' +
    'normalizing it throws that away. The paper says both that data with many bad pictures should not be ' +
    'normalized and that normalizing suits bad pictures best. Here both can be tried.',
  equations: [
    {
      number: '13',
      tex: String.raw`z_j=s\,\cos\theta_j\qquad\lVert W_j\rVert=\lVert x\rVert=1`,
      note:
        'As printed, without the scale $s$. Cosines alone cannot make a class probable: with ten class vectors ' +
        'evenly round the circle and $s=1$ no probability passes 21.5 %.',
      losses: ['normface'],
    },
  ],
  steps: [
    {
      text: 'Drag blur in the panel Image quality: the bar shortens, and the pinned point moves towards the centre.',
    },
    { text: 'Try covered and noise, too: not everything that is bad shortens the feature alike.' },
    { text: 'Look through the row of pictures, from long features to short ones.' },
    {
      text:
        'Then compare what becomes of the lengths. A: softmax. B: NormFace, whose loss does not see them. C: ' +
        'MagFace, whose margin grows with them. D: AdaFace, which spares short features where they are hard.',
      action: {
        label: 'four losses side by side',
        row: {
          id: 'losses',
          name: 'Four losses and the norm',
          experiments: beside(
            withLoss('softmax'),
            withLoss('normface'),
            withLoss('magface'),
            withLoss('adaface'),
          ),
        },
      },
    },
    {
      text: 'Corrupt the same picture: all four networks look at it, and its point moves on each stage.',
    },
  ],
  see:
    'It holds: a Gaussian of 2 pixels leaves softmax a fifth of the length (0.19, median of 400 digits and three ' +
    'seeds), and 20 % contrast a fourteenth. It holds as well where the loss normalizes $\\lVert x\\rVert$: ' +
    'NormFace 0.17, MagFace 0.18, AdaFace 0.15 for the same blur, though their curricula begin with free lengths. ' +
    'Not all corruption acts alike: with these three, a grey square of 80 % lengthens the feature again, from 0.15 ' +
    'to 0.19 of its length at 60 % to 0.28 to 0.40.',
  experiment: withLoss('softmax'),
  recorded: true,
  panels: ['image-quality', 'feature-norm'],
  view: { space: 'raw' },
}
