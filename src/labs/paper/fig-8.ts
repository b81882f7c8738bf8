import { withPreset } from '../../engine/preset-experiment'
import { longTail } from '../experiments'
import type { Lab } from '../lab'

export const lab: Lab = {
  id: 'fig-8',
  after: 'fig-7',
  figure: 'Fig. 8, § 3.4',
  title: 'Weight norms with normalization',
  claim:
    'Setting $\\lVert W_j\\rVert=1$ takes the learned prior away, and with it a part of the harm that unequal ' +
    'class sizes do.',
  equations: [
    {
      number: '12',
      tex: String.raw`z_j=\lVert x\rVert\cos\theta_j\qquad\lVert W_j\rVert=1,\;b_j=0`,
      note: 'As printed, $b_j$ stays in one of the two lines. It is 0 in both.',
      losses: ['modified-softmax'],
    },
  ],
  steps: [
    {
      text: 'All points of the panel Weight norm lie at 1. Compare the recall of the small classes below it.',
    },
    {
      text: 'The same data and seed with free lengths:',
      action: {
        label: 'switch normalization off, from the start',
        anew: true,
        change: (experiment) => withPreset(experiment, 'softmax-without-bias'),
      },
    },
    {
      text: 'And back:',
      action: {
        label: 'switch normalization on, from the start',
        anew: true,
        change: (experiment) => withPreset(experiment, 'modified-softmax'),
      },
    },
  ],
  see:
    'There is no slope left to see, as all lengths are 1. Recall of the classes with few images goes from 21 % ' +
    '(without bias, lengths free) to 57 % in 2-D with this seed, with two others from 43 % to 54 % and from 30 % ' +
    'to 55 %; the classes with many lose about a point. In 3-D, which has more room, the gain is smaller: from 58 ' +
    '% to 62 %, 59 % to 68 % and 66 % to 69 %.',
  experiment: longTail('modified-softmax', 2),
  recorded: true,
  panels: ['weight-norm', 'recall'],
  view: { space: 'raw' },
}
