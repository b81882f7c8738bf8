import type { Floats } from '../../../geometry/floats'
import { evaluateTerm } from '../../../losses/evaluate-term'
import { startingState } from '../../../losses/forms/term'
import { TERMS } from '../../../losses/term-registry'
import { PLAN_WIDTH, type TermAttributes } from '../names'

export function term(
  features: Floats,
  parameters: Floats,
  gradients: Floats,
  plan: Int32Array,
  statistics: Floats,
  featureGradient: Floats,
  a: TermAttributes,
): void {
  const { batch, classes, dimension, subCenters } = a
  const rule = TERMS.get(a.term.kind)
  const carried = startingState(rule, a).length
  const weightsEnd = a.weights + classes * subCenters * dimension
  const slopes = gradients.subarray(a.state, a.state + carried)
  slopes.fill(0)
  const weightSlopes = gradients.subarray(a.weights, weightsEnd)
  const value = evaluateTerm(
    rule,
    a.term,
    {
      features: features.subarray(0, batch * dimension),
      labels: Int32Array.from({ length: batch }, (_, i) => plan[PLAN_WIDTH * (a.first + i) + 3]!),
      dimension,
      classes,
      subCenters,
      weights: parameters.subarray(a.weights, weightsEnd),
      rarity: parameters.subarray(a.rarity, a.rarity + classes),
      state: parameters.subarray(a.state, a.state + carried),
    },
    {
      features: featureGradient.subarray(0, batch * dimension),
      weights: a.fixedWeights ? weightSlopes.slice() : weightSlopes,
      state: slopes,
    },
  )
  statistics[2 * a.slot]! += a.term.weight * value
}
