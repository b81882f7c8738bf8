import { term } from '../terms/contrastive'
import type { Preset } from '../types'

export const preset: Preset = {
  id: 'softmax-contrastive',
  name: 'Softmax + contrastive loss',
  family: 'pair',
  summary: 'Softmax, with pairs of one class drawn together and close pairs of two pushed apart.',
  watch: term.watch,
  source: term.source,
  settings: () => ({
    head: { bias: true },
    auxiliaries: [{ kind: term.id }],
    balance: { classes: 8, perClass: 8 },
    rate: 4e-3,
  }),
}
