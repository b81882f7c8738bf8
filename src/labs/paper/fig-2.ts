import { withPreset } from '../../engine/presets'
import { manyClasses } from '../experiments'
import type { Lab } from '../lab'

export const lab: Lab = {
  id: 'fig-2',
  order: 20,
  figure: 'Fig. 2, § 2.3',
  title: 'Learning and inference of SphereFace',
  claim:
    'The network learns to tell known identities apart. Afterwards the last layer is dropped: two pictures of people it never saw are the same person if the cosine between their features passes a threshold.',
  equations: [
    {
      number: '9',
      tex: String.raw`\mathrm{CS}(x,y)=\frac{x^{\mathsf T}y}{\lVert x\rVert\,\lVert y\rVert}\in[-1,1]`,
    },
  ],
  steps: [
    {
      text: 'It trains on 166 characters. Fifty others are never trained on: the panel Verification compares pairs of those.',
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
  see: 'The left half of the figure is the stage and the panel Angles: classes and their vectors on the way apart. The right half is the panel Verification, with characters that no class vector stands for.',
  experiment: manyClasses('a-softmax'),
  recorded: true,
  panels: ['verification', 'angles', 'training'],
  view: { space: 'normalized' },
}
