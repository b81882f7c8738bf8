import { beside, MININGS, withLoss, withMining } from '../experiments'
import { EQ_8 } from '../formulas'
import type { Lab } from '../lab'

const triplets = withLoss('softmax-triplet')
const [all, ...others] = MININGS
const minings = beside(withMining(triplets, all), ...others.map((mining) => withMining(triplets, mining)))

export const lab: Lab = {
  id: 'fig-1',
  after: null,
  figure: 'Fig. 1, § 2.2',
  title: 'Triplets',
  claim:
    'A triplet is an anchor, a positive of its class and a negative of another. The loss draws the positive ' +
    'nearer and pushes the negative away until it is further by a margin $\\alpha$. Which triplets are chosen ' +
    'decides whether training comes on.',
  equations: [
    {
      number: '7',
      tex: String.raw`\lVert f(a)-f(p)\rVert^2+\alpha<\lVert f(a)-f(n)\rVert^2`,
      note: 'As printed, the positive is missing and the anchor’s own norm stands in its place.',
    },
    {
      number: '8',
      tex: EQ_8,
      note:
        'The same correction. Here it is the mean over the triplets that still act, and softmax is trained with ' +
        'it.',
      losses: ['softmax-triplet'],
    },
  ],
  steps: [
    {
      text:
        'The panel Triplets draws the paper’s figure from real features: the triplet that was the hardest at the ' +
        'start, then and now, on one scale. Press “next triplet” for others.',
    },
    {
      text:
        'Drag the place in the run: a triplet acts until its negative has left the orange margin. The curve below ' +
        'counts those that still act, and so does the caption of the stage, whose lines are those of one anchor.',
    },
    {
      text:
        'Point at a sample to see the triplets that it is the anchor of; click it, and the panel shows its ' +
        'hardest.',
    },
    {
      text:
        'Which triplets are chosen? A: all. B: of each anchor the hardest positive and negative. C: semi-hard ' +
        'ones, whose negative is further than the positive.',
      action: {
        label: 'three ways side by side',
        row: { id: 'mining', name: 'Three ways to choose triplets', experiments: minings },
      },
    },
  ],
  see:
    'At the start all triplets act; after two epochs four of five are satisfied, and after 20 few are left: of the ' +
    '16,200 of 60 held-out digits 59 with this seed (24 and 28 with two others) when all are trained on, of the 60 ' +
    'hardest 10 (1 and 2) when only those are, and of semi-hard ones none. A satisfied triplet teaches nothing ' +
    'more, which is why the paper speaks of mining. Digits are recognized at 97.2 % with all, 97.9 % with the ' +
    'hardest and 94.6 % with semi-hard ones (medians). Triplets compare distances, not directions: two class ' +
    'vectors end 0.9° apart in A, 2.9° in B and 9.9° in C.',
  experiment: triplets,
  recorded: true,
  panels: ['triplets', 'training', 'feature-norm'],
  view: { space: 'raw', terms: true, regions: false },
}
