import type { CenterTerm } from '../term'

export const term: CenterTerm = {
  id: 'center',
  name: 'center loss',
  summary: 'Draws every feature towards the centre of its class, which follows its features.',
  watch: 'The rays of softmax shrink to round clusters around the centres.',
  source: {
    text: 'Wen et al., A Discriminative Feature Learning Approach for Deep Face Recognition, eq. 2–4',
    year: 2016,
  },
  form: 'centers',
  equation: String.raw`\tfrac12\lVert\x-c_y\rVert^2`,
  lines: [String.raw`c_j\leftarrow c_j+\p{alpha}\,\tfrac{1}{1+n_j}\sum_{y_i=j}(\x_i-c_j)`],
  weight: 0.1,
  parameters: [
    {
      id: 'alpha',
      symbol: String.raw`\alpha`,
      label: 'rate of the centres',
      unit: '',
      min: 0,
      max: 1,
      step: 0.01,
      default: 0.5,
      help: 'How far a centre moves towards the features of its class in each batch.',
    },
  ],
}
