import { term } from '../terms/triplet'
import { softmaxWith } from '../preset-settings'
import type { Preset } from '../preset-spec'

export const preset: Preset = {
  id: 'softmax-triplet',
  name: 'Softmax + triplet loss',
  family: 'pair',
  summary: 'Softmax, with each feature closer to its own class than to others by a margin.',
  watch: term.watch,
  source: term.source,
  settings: () => softmaxWith(term),
}
