import { term } from '../terms/range'
import { softmaxWith } from '../preset-settings'
import type { Preset } from '../preset-spec'

export const preset: Preset = {
  id: 'softmax-range',
  name: 'Softmax + range loss',
  family: 'euclidean',
  summary: 'Softmax, with the longest distances in each class shortened and the nearest means separated.',
  watch: term.watch,
  source: term.source,
  settings: () => softmaxWith(term),
}
