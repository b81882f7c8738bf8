import type { WeightTerm } from '../term'

export const term: WeightTerm = {
  id: 'up',
  name: 'UP loss',
  summary: 'Draws the class vectors of classes with few images to the length of the others.',
  watch:
    'Classes with few images get vectors as long as the others, and with them their share of the circle.',
  source: {
    text: 'Guo and Zhang, One-shot Face Recognition by Promoting Underrepresented Classes',
    year: 2017,
  },
  form: 'weights',
  equation: String.raw`\underset{n_j<\p{fraction}\,n_{\max}}{\mathrm{mean}}\bigl(\lVert W_j\rVert^2-\alpha\bigr)^2`,
  lines: [String.raw`\alpha=\underset{n_j\ge\p{fraction}\,n_{\max}}{\mathrm{mean}}\lVert W_j\rVert^2`],
  weight: 1,
  parameters: [
    {
      id: 'fraction',
      symbol: 'f',
      label: 'few images',
      unit: '',
      min: 0,
      max: 0.95,
      step: 0.05,
      default: 0.2,
      help: 'Classes with less than this part of the images of the largest class count as classes with few.',
    },
  ],
}
