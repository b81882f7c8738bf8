import { term } from '../terms/center'
import { softmaxWith } from '../preset-settings'
import type { Preset } from '../preset-spec'

export const preset: Preset = {
  id: 'softmax-center',
  name: 'Softmax + center loss',
  family: 'euclidean',
  summary: 'Softmax separates the classes, and each feature is drawn to the centre of its class.',
  watch: term.watch,
  source: term.source,
  settings: () => softmaxWith(term),
}
