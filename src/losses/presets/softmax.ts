import type { Preset } from '../preset-spec'

export const preset: Preset = {
  id: 'softmax',
  name: 'Softmax',
  family: 'plain',
  summary:
    'Cross-entropy over inner products with a bias: separates the classes, but does not draw them together.',
  watch: 'Classes lie along rays; ‖x‖ grows without end, and b_j and ‖W_j‖ are free.',
  source: { text: 'the classifier of the paper, eq. 1', year: 1989 },
  settings: () => ({
    head: { bias: true },
  }),
}
