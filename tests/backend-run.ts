import { tensor1d, tidy, zeros, type Rank } from '@tensorflow/tfjs-core'
import * as ops from '../src/engine/kernels/ops'
import { resultOf, runsOf } from '../src/library/case-result'
import type { KernelCase, KernelOutputs } from '../src/library/kernel-case'
import type { LossResult } from '../src/library/losses'
import { prepareCase } from '../src/library/prepare-case'
import { weightsStay } from '../src/losses/head-loss-registry'
import { headStates } from '../src/losses/head-states'

/** Evaluates a case in float32 with the kernels of the current backend, those that train. */
export async function evaluateOnBackend(lossCase: unknown): Promise<LossResult> {
  const prepared = prepareCase(lossCase)
  const outputs: KernelOutputs[] = []
  for (const run of runsOf(prepared)) outputs.push(await runOnBackend(run))
  return resultOf(prepared, outputs)
}

async function runOnBackend(kernelCase: KernelCase): Promise<KernelOutputs> {
  const { batch, classes, dimension, subCenters, offsets, head, terms, termStates } = kernelCase
  const { length: features } = kernelCase.features
  const { length: size } = kernelCase.parameters
  const joined = tidy(() => {
    const inputs = {
      features: tensor1d([...kernelCase.features]),
      parameters: tensor1d([...kernelCase.parameters]),
    }
    const plan = tensor1d(kernelCase.plan, 'int32')
    const gradients = zeros<Rank.R1>([size])
    const statistics = zeros<Rank.R1>([2])
    let dx = zeros<Rank.R1>([features])
    if (head) {
      if (headStates(head.head).all.length > 0) ops.headState({ ...inputs, plan }, head)
      const partials = ops.headForward({ ...inputs, plan }, head)
      const attributes = { ...head, detach: false, slot: 0 }
      dx = ops.headBackward({ ...inputs, partials, gradients, statistics }, attributes)
    }
    terms.forEach((term, i) => {
      const fixedWeights = head !== null && weightsStay(head.head)
      const at = { batch, classes, dimension, subCenters, fixedWeights, first: 0, slot: 0, ...offsets }
      ops.term(
        { ...inputs, gradients, statistics, featureGradient: dx, plan },
        { ...at, term, state: termStates[i]! },
      )
    })
    return ops.join([statistics, dx, gradients, inputs.parameters])
  })
  const values = await joined.data()
  joined.dispose()
  const afterX = 2 + features
  return {
    loss: values[0]!,
    dx: values.subarray(2, afterX),
    gradients: values.subarray(afterX, afterX + size),
    parameters: values.subarray(afterX + size),
  }
}
