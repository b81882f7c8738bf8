import { headBackward } from '../engine/kernels/host/head-backward'
import { headForward } from '../engine/kernels/host/head-forward'
import { headState } from '../engine/kernels/host/head-state'
import { partialsLayout } from '../engine/kernels/host/partials'
import { term as termKernel } from '../engine/kernels/host/term'
import { weightsStay } from '../losses/head-loss-registry'
import type { KernelCase, KernelOutputs } from './kernel-case'

/** Evaluates a case in float64 with the kernels that are the reference of the others. */
export function runOnHost(kernelCase: KernelCase): KernelOutputs {
  const { batch, classes, dimension, subCenters, features, plan, offsets, head, terms, termStates } =
    kernelCase
  const parameters = kernelCase.parameters.slice()
  const gradients = new Float64Array(parameters.length)
  const statistics = new Float64Array(2)
  const dx = new Float64Array(features.length)
  const fixedWeights = head !== null && weightsStay(head.head)
  if (head) {
    headState(features, parameters, plan, head)
    const partials = new Float64Array(batch * partialsLayout(classes, subCenters).width)
    headForward(features, parameters, plan, partials, head)
    const attributes = { ...head, detach: false, slot: 0 }
    headBackward(partials, features, parameters, gradients, statistics, dx, attributes)
  }
  const { weights, rarity } = offsets
  terms.forEach((term, i) => {
    const at = { weights, rarity, state: termStates[i]!, first: 0, slot: 0 }
    const attributes = { term, batch, classes, dimension, subCenters, fixedWeights, ...at }
    termKernel(features, parameters, gradients, plan, statistics, dx, attributes)
  })
  return { loss: statistics[0]!, dx, gradients, parameters }
}
