import type { Preset } from '../preset-spec'

export const preset: Preset = {
  id: 'l-softmax',
  name: 'L-Softmax',
  family: 'margin',
  summary: 'The target angle counts m-fold while ‖W_j‖ stays free.',
  watch: 'Narrow sectors as with A-Softmax, and lengths of class vectors that differ.',
  source: {
    text: 'Liu et al., Large-Margin Softmax Loss for Convolutional Neural Networks, eq. 4',
    year: 2016,
  },
  settings: () => ({
    head: { bias: false, start: 'even', margin: { kind: 'multiplicative', parameters: { m: 2 } } },
  }),
}
