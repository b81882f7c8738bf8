import { term } from '../terms/up'
import { softmaxWith } from '../preset-settings'
import type { Preset } from '../preset-spec'

export const preset: Preset = {
  id: 'softmax-up',
  name: 'Softmax + UP loss',
  family: 'class',
  summary:
    'Softmax separates the classes, and those with few images get class vectors as long as the others.',
  watch: `${term.watch} While all classes have as many images, it is softmax.`,
  source: term.source,
  settings: () => softmaxWith(term),
}
