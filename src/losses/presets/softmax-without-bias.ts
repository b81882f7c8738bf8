import type { Preset } from '../preset-spec'

export const preset: Preset = {
  id: 'softmax-without-bias',
  name: 'Softmax without bias',
  family: 'plain',
  summary: 'The bias is gone, so that every decision boundary passes through the origin.',
  watch: 'The boundaries now meet in the origin: only the angle and ‖W_j‖ decide.',
  source: { text: 'Liu et al., SphereFace, § 3.1 (paper, § 3.2)', year: 2017 },
  settings: () => ({
    head: { bias: false },
  }),
}
