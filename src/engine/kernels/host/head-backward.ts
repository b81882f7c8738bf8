import type { Floats } from '../../../geometry/floats'
import { HEAD_LOSSES, weightsStay } from '../../../losses/head-loss-registry'
import type { HeadBackwardAttributes } from '../names'
import { marginSlots } from './head-slots'
import { partialsLayout } from './partials'

export function headBackward(
  partials: Floats,
  features: Floats,
  parameters: Floats,
  gradients: Floats,
  statistics: Floats,
  featureGradient: Floats,
  a: HeadBackwardAttributes,
): void {
  const { batch, classes: n, dimension: d } = a
  const { along, logits, sample, width } = partialsLayout(n, a.head.subCenters)
  const dWeights = new Float64Array(along * d)
  const dBias = new Float64Array(n)
  const dMargins = new Float64Array(n)
  const { margin, slots, slot } = marginSlots(parameters, a)
  const { sharedBias } = HEAD_LOSSES.get(a.head.loss.kind)
  if (margin.classPenalty) {
    for (let j = 0; j < n; j++) {
      slots[slot.classMargin] = parameters[a.margins + j]!
      dMargins[j] = margin.classPenalty.dClassMargin(slots) / n
    }
  }
  let loss = 0
  let right = 0
  featureGradient.fill(0)
  for (let i = 0; i < batch; i++) {
    const at = i * width
    const radial = partials[at + sample]!
    for (let k = 0; k < d; k++) featureGradient[i * d + k] = radial * features[i * d + k]!
    for (let row = 0; row < along; row++) {
      const turn = partials[at + row]!
      const stretch = partials[at + along + row]!
      const w = a.weights + row * d
      for (let k = 0; k < d; k++) {
        featureGradient[i * d + k]! += turn * parameters[w + k]!
        dWeights[row * d + k]! += turn * features[i * d + k]! + stretch * parameters[w + k]!
      }
    }
    for (let j = 0; j < n; j++) dBias[j]! += partials[at + logits + j]!
    loss += partials[at + sample + 1]!
    right += partials[at + sample + 2]!
    dMargins[partials[at + sample + 4]!]! += partials[at + sample + 3]!
  }
  if (a.detach) featureGradient.fill(0)
  if (weightsStay(a.head)) dWeights.fill(0)
  gradients.set(dMargins, a.margins)
  gradients[a.sharedBias] = sharedBias ? sharedBias.sign * dBias.reduce((sum, g) => sum + g, 0) : 0
  gradients.set(dWeights, a.weights)
  if (a.head.bias) gradients.set(dBias, a.bias)
  else gradients.fill(0, a.bias, a.bias + n)
  statistics[2 * a.slot] = loss / batch
  statistics[2 * a.slot + 1] = right / batch
}
