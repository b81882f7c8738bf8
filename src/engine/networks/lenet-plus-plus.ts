import type { NetworkSpec } from '../network-spec'

/** Wen et al. 2016, table 1: three stages of two 5 × 5 convolutions and a 2 × 2 max pooling. */
export const network: NetworkSpec = {
  id: 'lenet-plus-plus',
  name: 'LeNet++',
  summary: 'six 5 × 5 convolutions, as in the center loss paper; slow without a GPU',
  layers: [32, 64, 128].flatMap((filters) => [
    { kind: 'conv', filters, size: 5, stride: 1 },
    { kind: 'conv', filters, size: 5, stride: 1 },
    { kind: 'pool' },
  ]),
}
