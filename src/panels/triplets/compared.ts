import { whole } from '../../render/format'
import type { Compared } from '../panel'

/** How many triplets of the batch on the stage act, of how many among which the mining chooses. */
export const compared: Compared = {
  columns: ['still act', 'of'],
  values: ({ history: { triplets } }) =>
    [triplets.acting.last, triplets.possible.last].map((count) => (count === null ? '–' : whole(count))),
}
