import { Random } from '../../geometry/random'
import { dotImages } from '../dots'
import type { DatasetSpec } from '../types'

const CLASSES = ['inner', 'middle', 'outer']
const RADII = [0.06, 0.22, 0.38]
const DEVIATION = 0.025

export const dataset: DatasetSpec = {
  id: 'toy-rings',
  name: 'Toy: rings',
  summary:
    '1,500 points of the plane in three rings around one middle, each shown as a dot; a third is held out',
  source: 'Drawn in this page, always the same',
  licence: 'MIT (the lab)',
  images: {
    make: () =>
      dotImages('Toy: rings', CLASSES, 999, 501, new Random(1, 'toy rings'), (label, random) => {
        const angle = 2 * Math.PI * random.uniform()
        const radius = RADII[label]! + DEVIATION * random.normal()
        return { label, x: 0.5 + radius * Math.cos(angle), y: 0.5 + radius * Math.sin(angle) }
      }),
  },
}
