import { Random } from '../../geometry/random'
import { dotImages } from '../dots'
import type { DatasetSpec } from '../types'

const CLASSES = ['A', 'B', 'C', 'D', 'E']
/** Middles of the clusters lie on a circle around the middle of the square; neighbours touch. */
const RADIUS = 0.3
const DEVIATION = 0.06

export const dataset: DatasetSpec = {
  id: 'toy-clusters',
  name: 'Toy: clusters',
  summary: '1,500 points of the plane in five round clusters, each shown as a dot; a third is held out',
  source: 'Drawn in this page, always the same',
  licence: 'MIT (the lab)',
  images: {
    make: () =>
      dotImages('Toy: clusters', CLASSES, 1000, 500, new Random(1, 'toy clusters'), (label, random) => {
        const angle = 2 * Math.PI * (0.25 - label / CLASSES.length)
        return {
          label,
          x: 0.5 + RADIUS * Math.cos(angle) + DEVIATION * random.normal(),
          y: 0.5 + RADIUS * Math.sin(angle) + DEVIATION * random.normal(),
        }
      }),
  },
}
