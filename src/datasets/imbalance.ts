import type { Imbalance } from './settings'

/**
 * How many training images each class gets, the largest class first.
 * With n_max in the largest and n_min = n_max / ratio in the smallest class, class j of C gets
 * n_max · ratio^(−j / (C − 1)) (exponential; Cao et al. 2019, LDAM, § 4.1) or one of the two (step). Both are
 * whole numbers whose ratio is the one that is asked for, unless that leaves less than one image for the
 * smallest: then that has one.
 * @param available images that there are of each class; all of them count as if they had the least of these
 */
export function classSizes(imbalance: Imbalance, available: readonly number[]): number[] {
  const least = Math.min(...available)
  if (imbalance.kind === 'uniform') return available.map(() => least)
  const { ratio } = imbalance
  const smallest = Math.min(least, Math.max(1, Math.floor(least / ratio)))
  const largest = Math.min(least, Math.round(smallest * ratio))
  const last = Math.max(1, available.length - 1)
  return available.map((_, j) => {
    if (imbalance.kind === 'step')
      return j < Math.round(imbalance.head * available.length) ? largest : smallest
    return Math.round(largest * (smallest / largest) ** (j / last))
  })
}
