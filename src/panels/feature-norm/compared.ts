import { summarize } from '../../geometry/quantiles'
import { brief } from '../../render/format'
import type { Compared } from '../panel'

/** How long features are. */
export const compared: Compared = {
  columns: ['5 %', 'median', '95 %'],
  values: ({ norm, count }) => {
    const { p5, median, p95 } = summarize(norm.slice(0, count))
    return [p5, median, p95].map(brief)
  },
}
