import type { ConvBackwardAttributes, ConvForwardAttributes } from '../names'
import { activate, activationSlope } from './activation'

/** Plain loops over typed arrays: the reference that the other backends are tested against. */
export function convForward(
  input: Float32Array,
  parameters: Float32Array,
  out: Float32Array,
  { layer, batch }: ConvForwardAttributes,
): void {
  const { input: shape, output, bias, weights } = layer
  const x = activated(input, parameters, layer.before)
  const filters = output.channels
  const row = new Float64Array(filters)
  forEachOutput(layer, batch, (position, taps) => {
    for (let f = 0; f < filters; f++) row[f] = parameters[bias + f]!
    taps((pixel, tap) => {
      for (let c = 0; c < shape.channels; c++) {
        const value = x[pixel + c]!
        if (value === 0) continue
        const w = weights + (tap + c) * filters
        for (let f = 0; f < filters; f++) row[f]! += value * parameters[w + f]!
      }
    })
    for (let f = 0; f < filters; f++) out[position + f] = row[f]!
  })
}

export function convBackward(
  input: Float32Array,
  preActivations: Float32Array,
  outputGradient: Float32Array,
  parameters: Float32Array,
  gradients: Float32Array,
  /** Filled unless it is empty. */
  inputGradient: Float32Array,
  { layer, batch }: ConvBackwardAttributes,
): void {
  const { input: shape, output, after, bias, weights } = layer
  const x = activated(input, parameters, layer.before)
  const filters = output.channels
  const dz = new Float64Array(filters)
  const dWeights = new Float64Array(layer.size ** 2 * shape.channels * filters)
  const dBias = new Float64Array(filters)
  const dSlopes = new Float64Array(filters)
  inputGradient.fill(0)
  forEachOutput(layer, batch, (position, taps) => {
    for (let f = 0; f < filters; f++) {
      const z = preActivations[position + f]!
      const dy = outputGradient[position + f]!
      dz[f] = dy * activationSlope(after, parameters, z, position + f)
      dBias[f]! += dz[f]!
      if (z < 0) dSlopes[f]! += dy * z
    }
    taps((pixel, tap) => {
      for (let c = 0; c < shape.channels; c++) {
        const value = x[pixel + c]!
        const w = (tap + c) * filters
        let dx = 0
        for (let f = 0; f < filters; f++) {
          dWeights[w + f]! += value * dz[f]!
          dx += parameters[weights + w + f]! * dz[f]!
        }
        if (inputGradient.length > 0) inputGradient[pixel + c]! += dx
      }
    })
  })
  gradients.set(dWeights, weights)
  gradients.set(dBias, bias)
  if (after.kind === 'prelu') gradients.set(dSlopes, after.offset)
}

function activated(
  input: Float32Array,
  parameters: Float32Array,
  before: ConvForwardAttributes['layer']['before'],
): Float32Array {
  return before.kind === 'none' ? input : input.map((z, i) => activate(before, parameters, z, i))
}

/**
 * Visits every output position with its flat index, and for each the kernel taps inside of the image: the flat
 * index of the input pixel, and the first row of the weight matrix that belongs to it.
 */
function forEachOutput(
  { input, output, size, stride, padTop, padLeft }: ConvForwardAttributes['layer'],
  batch: number,
  visit: (position: number, taps: (tap: (pixel: number, weight: number) => void) => void) => void,
): void {
  for (let b = 0; b < batch; b++) {
    for (let oy = 0; oy < output.height; oy++) {
      for (let ox = 0; ox < output.width; ox++) {
        const position = ((b * output.height + oy) * output.width + ox) * output.channels
        visit(position, (tap) => {
          for (let ky = 0; ky < size; ky++) {
            const y = oy * stride + ky - padTop
            if (y < 0 || y >= input.height) continue
            for (let kx = 0; kx < size; kx++) {
              const x = ox * stride + kx - padLeft
              if (x < 0 || x >= input.width) continue
              tap(
                ((b * input.height + y) * input.width + x) * input.channels,
                (ky * size + kx) * input.channels,
              )
            }
          }
        })
      }
    }
  }
}
