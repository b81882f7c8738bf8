import type { Floats } from '../../../geometry/floats'
import { promoteClasses } from '../../../losses/promotion'
import type { WeightTermAttributes } from '../names'

export function weightTerm(
  parameters: Floats,
  gradients: Floats,
  statistics: Floats,
  { term, classes, dimension, subCenters, weights, rarity, slot }: WeightTermAttributes,
): void {
  const end = weights + classes * subCenters * dimension
  const value = promoteClasses(
    {
      weights: parameters.subarray(weights, end),
      rarity: parameters.subarray(rarity, rarity + classes),
      subCenters,
    },
    term.parameters.fraction!,
    term.weight,
    gradients.subarray(weights, end),
  )
  statistics[2 * slot]! += term.weight * value
}
