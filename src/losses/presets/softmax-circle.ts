import { term } from '../terms/circle'
import { softmaxWith } from '../preset-settings'
import type { Preset } from '../types'

export const preset: Preset = {
  id: 'softmax-circle',
  name: 'Softmax + circle loss',
  family: 'pair',
  summary: 'Softmax, with cosines of pairs pulled towards their goals, the furthest first.',
  watch: term.watch,
  source: term.source,
  settings: () => softmaxWith(term),
}
