import { relu, type Tensor1D } from '@tensorflow/tfjs-core'
import * as ops from './kernels/ops'
import type { Layout } from './layout'

/** What the forward pass keeps for the backward pass: the input of each layer, and the last output. */
interface ForwardPass {
  /** inputs[l] is what layer l read; the last entry is the output of the last layer, before activation. */
  readonly values: readonly Tensor1D[]
  /** Features [batch · d]. */
  readonly features: Tensor1D
}

export function forward(layout: Layout, images: Tensor1D, parameters: Tensor1D, batch: number): ForwardPass {
  const values = [images]
  for (const layer of layout.layers) {
    const input = values[values.length - 1]!
    values.push(
      layer.kind === 'pool'
        ? ops.poolForward({ input, parameters }, { layer, batch })
        : ops.convForward({ input, parameters }, { layer, batch }),
    )
  }
  const last = layout.layers[layout.layers.length - 1]!
  const output = values[values.length - 1]!
  const folded = last.kind === 'conv' && last.after.kind === 'relu'
  return { values, features: folded ? relu(output) : output }
}

/** Writes the gradients of all backbone parameters, given the gradient with respect to the features. */
export function backward(
  layout: Layout,
  { values }: ForwardPass,
  featureGradient: Tensor1D,
  parameters: Tensor1D,
  gradients: Tensor1D,
  batch: number,
): void {
  let outputGradient = featureGradient
  for (let l = layout.layers.length - 1; l >= 0; l--) {
    const layer = layout.layers[l]!
    const input = values[l]!
    if (layer.kind === 'pool') {
      outputGradient = ops.poolBackward({ input, outputGradient, parameters }, { layer, batch })
    } else {
      const preActivations = values[l + 1]!
      outputGradient = ops.convBackward(
        { input, preActivations, outputGradient, parameters, gradients },
        { layer, batch, inputGradient: l > 0 },
      )
    }
  }
}
