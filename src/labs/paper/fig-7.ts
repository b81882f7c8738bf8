import { withPreset } from '../../engine/preset-experiment'
import { longTail } from '../experiments'
import type { Lab } from '../lab'

export const lab: Lab = {
  id: 'fig-7',
  after: 'fig-6',
  figure: 'Fig. 7, § 3.4',
  title: 'Weight norms without normalization',
  claim:
    'With plain softmax, the more images a class has, the longer its class vector grows. So $\\lVert W_j\\rVert$ ' +
    'learns how often a class came in training: a prior, which is of no use for faces that were never trained ' +
    'on.',
  equations: [
    {
      number: '1',
      tex: String.raw`z_j=\lVert W_j\rVert\,\lVert x\rVert\cos\theta_j+b_j`,
      note: 'The logit of class $j$. A longer $W_j$ makes it larger wherever $\\cos\\theta_j>0$.',
    },
  ],
  steps: [
    {
      text: 'Watch the panel Weight norm while it trains: $r$ is the correlation of $\\lVert W_j\\rVert$ with $n_j$.',
    },
    {
      text: 'Give all classes as many images: the slope goes.',
      action: {
        label: 'ratio 1:1, from the start',
        anew: true,
        change: (experiment) => ({
          ...experiment,
          data: { ...experiment.data, imbalance: { kind: 'uniform' } },
        }),
      },
    },
    {
      text: 'Make it steep again.',
      action: {
        label: 'ratio 1:100, from the start',
        anew: true,
        change: (experiment) => ({
          ...experiment,
          data: { ...experiment.data, imbalance: { kind: 'exponential', ratio: 100 } },
        }),
      },
    },
    {
      text: 'The bias could be the prior as well. Without it, the lengths have to do it alone.',
      action: {
        label: 'without bias, from the start',
        anew: true,
        change: (experiment) => withPreset(experiment, 'softmax-without-bias'),
      },
    },
  ],
  see:
    'The slope is there, but looser than the paper’s picture suggests: at ratio 1:100 in 2-D $r$ ends at 0.76 with ' +
    'this seed, and at 0.44 and 0.63 with two others; in 3-D at 0.58, 0.37 and 0.57. With equal sizes there is ' +
    'nothing for $r$ to find, as $n_j$ is the same for all.',
  experiment: longTail('softmax', 2),
  recorded: true,
  panels: ['weight-norm', 'recall', 'bias'],
  view: { space: 'raw' },
}
