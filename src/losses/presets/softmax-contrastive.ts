import { term } from '../terms/contrastive'
import { softmaxWith } from '../preset-settings'
import type { Preset } from '../preset-spec'

export const preset: Preset = {
  id: 'softmax-contrastive',
  name: 'Softmax + contrastive loss',
  family: 'pair',
  summary: 'Softmax, with pairs of one class drawn together and close pairs of two pushed apart.',
  watch: term.watch,
  source: term.source,
  settings: () => softmaxWith(term),
}
