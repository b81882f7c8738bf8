import { withPreset } from '../../engine/preset-experiment'
import { manyClasses } from '../experiments'
import type { Lab } from '../lab'

export const lab: Lab = {
  id: 'fig-2',
  after: 'fig-1',
  figure: 'Fig. 2, § 2.3',
  title: 'Learning and inference of SphereFace',
  claim:
    'The network learns to tell known identities apart. Afterwards the last layer is dropped: two pictures of ' +
    'people it never saw are the same person if the cosine between their features passes a threshold.',
  equations: [
    {
      number: '9',
      tex: String.raw`\mathrm{CS}(x,y)=\frac{x^{\mathsf T}y}{\lVert x\rVert\,\lVert y\rVert}\in[-1,1]`,
    },
  ],
  steps: [
    {
      text:
        'Below, from left to right: a picture of one of 166 characters on its way to a probability of its class. ' +
        'Take another with “Next picture”, or pin a point on the stage. Scrub, and watch its feature turn to its ' +
        'class vector.',
    },
    {
      text:
        'To the right of the line the class vectors are gone. Two pictures of the fifty characters that are never ' +
        'trained on pass the same layers, with the weights of the run’s end while a recorded run is shown. Try the ' +
        'hardest pairs, and drag the threshold.',
    },
    {
      text: 'An additive margin for comparison:',
      action: {
        label: 'ArcFace, from the start',
        anew: true,
        change: (experiment) => withPreset(experiment, 'arcface'),
      },
    },
    {
      text: 'And none:',
      action: {
        label: 'softmax, from the start',
        anew: true,
        change: (experiment) => withPreset(experiment, 'softmax'),
      },
    },
  ],
  see:
    'The left half of the paper’s figure is what the stage and the panel Angles show of all classes at once. The ' +
    'right half is what the panel Verification counts over 24,000 pairs: two histograms of cosines, and a ' +
    'threshold between them that is never right for all.',
  experiment: manyClasses('a-softmax'),
  recorded: true,
  panels: ['pipeline', 'verification', 'angles', 'training'],
  view: { space: 'normalized' },
}
