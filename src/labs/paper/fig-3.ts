import { presetExperiment, withPreset } from '../../engine/presets'
import { withLoss } from '../experiments'
import { EQ_10, EQ_11 } from '../formulas'
import type { Action, Lab } from '../lab'

const take = (label: string, preset: string): Action => ({
  label,
  anew: true,
  change: (experiment) => withPreset(experiment, preset),
})

/** All digits but 3 and 5. */
const REST = [0, 1, 2, 4, 6, 7, 8, 9]

export const lab: Lab = {
  id: 'fig-3',
  order: 30,
  figure: 'Fig. 3, § 2.3',
  title: 'Euclidean margin and angular margin',
  claim:
    'A Euclidean margin makes round clusters, modified softmax sectors that touch, and A-Softmax narrower sectors with a gap: an arc on the circle in 2-D, a cap on the sphere in 3-D. A larger $m$ makes the regions smaller.',
  equations: [
    {
      number: '10',
      tex: EQ_10,
      note: '$k=0,\\dots,m-1$. As printed, $\\theta$ lies in $[0,\\pi/m]$, where $k$ could only be 0.',
      losses: ['modified-softmax', 'a-softmax'],
    },
    {
      number: '11',
      tex: EQ_11,
      note: 'Trained with annealing: $\\psi$ gives way to $(\\lambda\\cos\\theta+\\psi)/(1+\\lambda)$, and $\\lambda$ falls.',
    },
  ],
  steps: [
    {
      text: 'First a Euclidean margin: softmax with center loss. The clusters are round, and lengths count.',
    },
    {
      text: 'Single out two classes, as the paper’s figure does:',
      action: { label: 'only 3 and 5', view: { hiddenClasses: REST } },
    },
    { text: 'Another Euclidean margin:', action: take('contrastive, from the start', 'softmax-contrastive') },
    {
      text: 'Unit class vectors, no margin:',
      action: take('modified softmax, from the start', 'modified-softmax'),
    },
    { text: 'The same with an angular margin:', action: take('A-Softmax, from the start', 'a-softmax') },
    {
      text: 'A smaller margin widens the sectors:',
      action: {
        label: '$m=2$, from the start',
        anew: true,
        change: (experiment) => {
          const next = withPreset(experiment, 'a-softmax')
          return {
            ...next,
            head: {
              ...next.head,
              margin: { kind: 'multiplicative', parameters: { ...next.head.margin.parameters, m: 2 } },
            },
          }
        },
      },
    },
    {
      text: 'The row below in the figure, 3-D:',
      action: {
        label: 'A-Softmax on the sphere, from the start',
        anew: true,
        change: () => presetExperiment('a-softmax', 3),
      },
    },
    {
      text: 'All classes, on the unit circle:',
      action: { label: 'all classes, normalized', view: { hiddenClasses: [], space: 'normalized' } },
    },
  ],
  see: 'Class vectors of modified softmax end 30.8° apart in 2-D, those of A-Softmax 30.5° (medians of three seeds; 36° would be even). So the margin does not show in the angle between the vectors: look for it in the width of the sectors, on the stage and in the panel Angles.',
  experiment: withLoss('softmax-center'),
  recorded: true,
  panels: ['angles', 'feature-norm', 'training'],
  view: { space: 'raw', regions: true, margins: true },
}
