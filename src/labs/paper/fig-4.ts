import { ImbalanceFields } from '../../controls/ImbalanceFields'
import { withPreset } from '../../engine/preset-experiment'
import { longTail } from '../experiments'
import type { Lab } from '../lab'

export const lab: Lab = {
  id: 'fig-4',
  after: 'fig-3',
  figure: 'Fig. 4, § 3.1',
  title: 'The long tail',
  claim:
    'Face data have few people with many pictures and many people with few. Training must cope with that long tail.',
  equations: [
    {
      number: '',
      tex: String.raw`n_j=n_{\max}\,\rho^{-j/(C-1)}`,
      note: 'Exponential sizes at ratio $1:\\rho$ in $C$ classes (not in the paper; from Cao et al. 2019).',
    },
  ],
  steps: [
    {
      text:
        'Watch the panel Classes by size. Then change the sizes: equal, exponential or in a step, up to 500 : 1. ' +
        'They act at the next step.',
      Control: ImbalanceFields,
    },
    {
      text: 'What a network learned from other sizes it keeps for a while. With these sizes from the first step on:',
      action: { label: 'these sizes, from the start', anew: true, change: (experiment) => experiment },
    },
    {
      text: 'A remedy that costs nothing is to set all class vectors to the same length:',
      action: {
        label: 'switch weight normalization on, from the start',
        anew: true,
        change: (experiment) => withPreset(experiment, 'modified-softmax'),
      },
    },
  ],
  see:
    'With sizes from 600 to 6, plain softmax in 2-D recognizes 97 to 98 % of the classes with many images, and of ' +
    'those with few 20 % with this seed, 41 and 50 % with two others: they are pressed together beside large ' +
    'neighbours. With all class vectors at one length it is 96 to 97 % and 54 to 57 %.',
  experiment: longTail('softmax', 2),
  recorded: true,
  panels: ['recall', 'weight-norm', 'training'],
  view: { space: 'raw' },
}
