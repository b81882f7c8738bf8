import type { Floats } from '../../../geometry/floats'
import { addPairGradient, evaluatePairs, seenFeatures, type SeenFeatures } from '../../../losses/pairs'
import { TERMS } from '../../../losses/term-registry'
import { PLAN_WIDTH, type AuxiliaryAttributes } from '../names'

export function auxiliary(
  features: Floats,
  parameters: Floats,
  plan: Int32Array,
  statistics: Floats,
  featureGradient: Floats,
  a: AuxiliaryAttributes,
): void {
  const { term, first, batch, classes, dimension } = a
  const labels = Int32Array.from({ length: batch }, (_, i) => plan[PLAN_WIDTH * (first + i) + 3]!)
  const seen = seenFeatures(features.subarray(0, batch * dimension), dimension, term.normalized)
  let value: number
  if (TERMS.get(term.kind).form === 'pairs') {
    const pairs = evaluatePairs(term, seen, labels)
    value = pairs.value
    addPairGradient(featureGradient, term.weight, seen, pairs.coefficients)
  } else {
    const centers = parameters.subarray(a.centers, a.centers + classes * dimension)
    value = pullToCenters(seen, labels, centers, featureGradient, term.weight)
    moveCenters(seen.values, labels, centers, term.parameters.alpha!)
  }
  statistics[2 * a.slot]! += term.weight * value
}

/** The mean of ½‖x − c_y‖² over the batch; adds λ times its gradient. */
function pullToCenters(
  { values, norms }: SeenFeatures,
  labels: Int32Array,
  centers: Floats,
  gradient: Floats,
  weight: number,
): number {
  const dimension = values.length / labels.length
  let sum = 0
  labels.forEach((y, i) => {
    const away = Array.from(
      { length: dimension },
      (_, k) => values[i * dimension + k]! - centers[y * dimension + k]!,
    )
    const along = norms ? away.reduce((dot, v, k) => dot + v * values[i * dimension + k]!, 0) : 0
    const factor = weight / (labels.length * (norms?.[i] ?? 1))
    away.forEach((v, k) => {
      sum += 0.5 * v * v
      gradient[i * dimension + k]! += factor * (v - along * values[i * dimension + k]!)
    })
  })
  return sum / labels.length
}

function moveCenters(values: Float64Array, labels: Int32Array, centers: Floats, alpha: number): void {
  const dimension = values.length / labels.length
  const change = new Float64Array(centers.length)
  const counts = new Float64Array(centers.length / dimension)
  labels.forEach((y, i) => {
    counts[y]!++
    for (let k = 0; k < dimension; k++) {
      change[y * dimension + k]! += centers[y * dimension + k]! - values[i * dimension + k]!
    }
  })
  change.forEach((sum, at) => {
    centers[at]! -= (alpha * sum) / (1 + counts[Math.floor(at / dimension)]!)
  })
}
