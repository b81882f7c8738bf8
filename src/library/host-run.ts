import { auxiliary } from '../engine/kernels/host/auxiliary'
import { headBackward, headForward, headState, termsLayout } from '../engine/kernels/host/head'
import { weightTerm } from '../engine/kernels/host/weight-term'
import { TERMS } from '../losses/term-registry'
import type { KernelCase, KernelOutputs } from './kernel-case'

/** Evaluates a case in float64 with the kernels that are the reference of the others. */
export function runOnHost(kernelCase: KernelCase): KernelOutputs {
  const { batch, classes, dimension, subCenters, features, plan, offsets, head, terms } = kernelCase
  const parameters = kernelCase.parameters.slice()
  const gradients = new Float64Array(parameters.length)
  const statistics = new Float64Array(2)
  const dx = new Float64Array(features.length)
  if (head) {
    headState(features, parameters, plan, head)
    const partials = new Float64Array(batch * termsLayout(classes, subCenters).width)
    headForward(features, parameters, plan, partials, head)
    const attributes = { ...head, pulls: true, slot: 0 }
    headBackward(partials, features, parameters, gradients, statistics, dx, attributes)
  }
  for (const term of terms) {
    if (TERMS.get(term.kind).form === 'weights') {
      const { weights, rarity } = offsets
      const attributes = { term, classes, dimension, subCenters, weights, rarity, slot: 0 }
      weightTerm(parameters, gradients, statistics, attributes)
    } else {
      const attributes = { term, first: 0, batch, classes, dimension, centers: offsets.centers, slot: 0 }
      auxiliary(features, parameters, plan, statistics, dx, attributes)
    }
  }
  return { loss: statistics[0]!, dx, gradients, parameters }
}
