import { withLoss } from '../experiments'
import type { Lab } from '../lab'

export const lab: Lab = {
  id: 'fig-6',
  after: 'fig-5',
  figure: 'Fig. 6, § 3.2',
  title: 'With and without bias',
  claim:
    'On MNIST in 2-D, zeroing the bias has “no direct influence on the feature distribution”: with and without ' +
    'it the features use the whole plane. Others have seen the bias move the centre; judge for yourself.',
  equations: [
    {
      number: '',
      tex: String.raw`z_j=W_j^{\mathsf T}x+b_j\quad\text{or}\quad z_j=W_j^{\mathsf T}x`,
      losses: ['softmax', 'softmax-without-bias'],
    },
  ],
  steps: [
    {
      text:
        'Two runs side by side, from the same seed on the same batches: A with the bias, B without. Compare the ' +
        'directions of the class vectors and the room that each class has.',
    },
    {
      text: 'Point at a digit on one stage: the other shows where its network puts the same digit.',
    },
    {
      text: 'Click the name of B above its stage: settings and panels then are of B, whose biases are gone.',
    },
    {
      text: 'The picture depends on where training starts. Another start for both:',
      action: {
        label: 'seed 2, both from the start',
        anew: true,
        change: (experiment) => ({ ...experiment, seed: 2 }),
      },
    },
    {
      text:
        'Click the name of A, then switch its bias off at the end: the borders between the regions that meet in ' +
        'the centre move a little, and training goes on without it.',
      action: {
        label: 'bias off, now',
        change: (experiment) => ({ ...experiment, head: { ...experiment.head, bias: false } }),
      },
    },
  ],
  see:
    'Accuracy is the same: medians of three seeds are 97.9 % with bias and 97.95 % without. The picture differs ' +
    'from seed to seed. With seed 1 clearly: in A two class vectors end 12° apart, in B no two are closer than ' +
    '28°, and in A the mean of all features lies further from the centre (13 % of the mean length against 3 % in ' +
    'B). With two other seeds there is next to no difference: 22° and 22°, 21° and 24°; 3 % and 3 %, 18 % and 17 ' +
    '%. So “no direct influence” is too much said, and “harmful” would be, too.',
  experiment: withLoss('softmax'),
  beside: [withLoss('softmax-without-bias')],
  recorded: true,
  panels: ['bias', 'angles', 'training'],
  view: { space: 'raw' },
}
