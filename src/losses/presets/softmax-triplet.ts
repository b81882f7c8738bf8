import { term } from '../terms/triplet'
import type { Preset } from '../types'

export const preset: Preset = {
  id: 'softmax-triplet',
  name: 'Softmax + triplet loss',
  family: 'pair',
  summary: 'Softmax, with each feature closer to its own class than to others by a margin.',
  watch: term.watch,
  source: term.source,
  settings: () => ({
    head: { bias: true },
    auxiliaries: [{ kind: term.id }],
    balance: { classes: 8, perClass: 8 },
    rate: 4e-3,
  }),
}
