import { fitLine } from '../../geometry/correlation'
import { rowNorms } from '../../geometry/rows'
import { trainingCounts } from '../../io/dataset-file'
import { fixed } from '../../render/format'
import type { Compared } from '../panel'

/** The correlation of ‖W_j‖ with n_j, where lengths are free and sizes differ. */
export const compared: Compared = {
  columns: ['shortest', 'longest', '$r$'],
  values: ({ frame, data }, { normalizeWeights }) => {
    if (normalizeWeights) return [fixed(1, 2), fixed(1, 2), '–']
    const norms = rowNorms(frame!.weights, frame!.dimension)
    const counts = trainingCounts(data!)
    const fit = norms.length === counts.length ? fitLine(counts, norms) : null
    return [fixed(Math.min(...norms), 2), fixed(Math.max(...norms), 2), fit ? fixed(fit.r, 2) : '–']
  },
}
