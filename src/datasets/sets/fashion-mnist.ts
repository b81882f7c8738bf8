import type { DatasetSpec } from '../types'

export const dataset: DatasetSpec = {
  id: 'fashion-mnist',
  name: 'Fashion-MNIST',
  summary: '12,000 pictures of clothes: 10,000 to train on, 2,000 held out',
  source: 'Xiao, Rasul and Vollgraf 2017, Zalando SE; a sixth of it, grey in 32 steps',
  licence: 'MIT',
  images: { file: 'fashion-mnist.bin' },
}
