import type { NetworkSpec } from '../network-spec'

export const network: NetworkSpec = {
  id: 'compact',
  name: 'Compact',
  summary: 'three strided convolutions; quick and accurate',
  layers: [
    { kind: 'conv', filters: 16, size: 5, stride: 2 },
    { kind: 'conv', filters: 32, size: 3, stride: 2 },
    { kind: 'conv', filters: 64, size: 3, stride: 2 },
    { kind: 'dense', units: 64 },
  ],
}
