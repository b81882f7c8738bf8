import { marginsCompared } from '../experiments'
import { EQ_10, EQ_11 } from '../formulas'
import type { Lab } from '../lab'
import { MarginOfAll } from '../MarginOfAll'

/** All digits but 3 and 5. */
const REST = [0, 1, 2, 4, 6, 7, 8, 9]

const [euclidean, ...angular] = marginsCompared(2)

export const lab: Lab = {
  id: 'fig-3',
  after: 'fig-2',
  figure: 'Fig. 3, § 2.3',
  title: 'Euclidean margin and angular margin',
  claim:
    'A Euclidean margin makes round clusters, modified softmax sectors that touch, and A-Softmax narrower ' +
    'sectors with a gap: an arc on the circle in 2-D, a cap on the sphere in 3-D. A larger $m$ makes the regions ' +
    'smaller.',
  equations: [
    {
      number: '10',
      tex: EQ_10,
      note: '$k=0,\\dots,m-1$. As printed, $\\theta$ lies in $[0,\\pi/m]$, where $k$ could only be 0.',
    },
    {
      number: '11',
      tex: EQ_11,
      note:
        'Trained with annealing: $\\psi$ gives way to $(\\lambda\\cos\\theta+\\psi)/(1+\\lambda)$, and $\\lambda$ ' +
        'falls.',
    },
  ],
  steps: [
    {
      text:
        'Three runs on the same batches. A: contrastive loss keeps different digits a distance $m$ apart. B: ' +
        'modified softmax, without a margin. C: A-Softmax, whose angles count $m$ times.',
    },
    {
      text: 'Change $m$. Training goes on from the end of the recorded runs, and all regions follow.',
      Control: MarginOfAll,
    },
    {
      text: 'The second row of the figure, on the sphere:',
      action: {
        label: '3-D',
        row: { id: 'sphere', name: 'Three losses on the sphere', experiments: marginsCompared(3) },
      },
    },
    {
      text: 'All ten classes, on the unit circle or sphere:',
      action: { label: 'all classes, normalized', view: { hiddenClasses: [], space: 'normalized' } },
    },
    {
      text: 'Only two, as in the paper’s figure:',
      action: { label: 'only 3 and 5', view: { hiddenClasses: REST, space: 'raw' } },
    },
  ],
  see:
    'The figure holds. In C the points of a class spread over a smaller angle than in B: over three seeds the ' +
    'distance within a class, at length 1, is 0.10 of the smallest distance between two classes in 2-D (B: 0.13) ' +
    'and 0.09 in 3-D (B: 0.15). In A distances count and directions do not: in 2-D two class vectors end 4° apart ' +
    '(0.3° to 29°), in B 31°, in C 32°. In 3-D there is room for both, and A, B and C come to 54°, 49° and 57°. ' +
    'Accuracy hardly tells them apart: 97.8, 97.7 and 97.9 % in 2-D, 99.0, 98.7 and 99.0 % in 3-D.',
  experiment: euclidean,
  beside: angular,
  recorded: true,
  panels: ['angles', 'feature-norm', 'training'],
  view: { space: 'raw', regions: true, margins: true, hiddenClasses: REST },
}
