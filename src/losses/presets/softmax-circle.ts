import { term } from '../terms/circle'
import { softmaxWith } from '../preset-settings'
import type { Preset } from '../preset-spec'

export const preset: Preset = {
  id: 'softmax-circle',
  name: 'Softmax + circle loss',
  family: 'pair',
  summary: 'Softmax, with cosines of pairs pulled towards their goals, the furthest first.',
  watch: term.watch,
  source: term.source,
  // Ten classes in a plane can't be as far apart as it asks; with its own weight, that costs a point of accuracy.
  settings: (dimension) => softmaxWith(term, dimension === 2 ? 0.005 : undefined),
}
