import type { NetworkSpec } from '../network-spec'

export const network: NetworkSpec = {
  id: 'mlp',
  name: 'MLP',
  summary: 'one hidden layer of 128 units; the fastest',
  layers: [{ kind: 'dense', units: 128 }],
}
