import { trainingCounts } from '../../io/dataset-file'
import { percent } from '../../render/format'
import type { Compared } from '../panel'
import { measureTail } from '../../geometry/tail'

const says = (share: number): string => (Number.isNaN(share) ? '–' : percent(share))

/** Recall of classes with many and with few images, and how many of the latter are answered at 99 % precision. */
export const compared: Compared = {
  columns: ['head', 'tail', 'at 99 % precision'],
  values: (run, head) => {
    const { count, dimension, frame } = run
    const {
      head: many,
      tail,
      coverage,
    } = measureTail(
      run.features.subarray(0, count * dimension),
      run.predicted,
      run.labels.subarray(0, count),
      trainingCounts(run.data!),
      dimension,
      { ...head, weights: frame!.weights, bias: frame!.bias, useBias: head.bias },
    )
    return [says(many), says(tail), says(coverage)]
  },
}
