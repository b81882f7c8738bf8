import type { PoolAttributes } from '../names'
import { activate } from './activation'

export function poolForward(
  input: Float32Array,
  parameters: Float32Array,
  out: Float32Array,
  attributes: PoolAttributes,
): void {
  forEachWindow(input, parameters, attributes, (target, _, value) => {
    out[target] = value
  })
}

/** The gradient of a window goes to its largest input; the first of several that are equal. */
export function poolBackward(
  input: Float32Array,
  outputGradient: Float32Array,
  parameters: Float32Array,
  inputGradient: Float32Array,
  attributes: PoolAttributes,
): void {
  inputGradient.fill(0)
  forEachWindow(input, parameters, attributes, (target, source) => {
    inputGradient[source] = outputGradient[target]!
  })
}

function forEachWindow(
  input: Float32Array,
  parameters: Float32Array,
  { layer: { input: shape, output, before }, batch }: PoolAttributes,
  visit: (target: number, source: number, value: number) => void,
): void {
  const { channels } = shape
  const offsets = [0, channels, shape.width * channels, (shape.width + 1) * channels]
  for (let b = 0; b < batch; b++) {
    for (let oy = 0; oy < output.height; oy++) {
      for (let ox = 0; ox < output.width; ox++) {
        for (let c = 0; c < channels; c++) {
          const corner = ((b * shape.height + 2 * oy) * shape.width + 2 * ox) * channels + c
          let best = corner
          let value = -Infinity
          for (const offset of offsets) {
            const y = activate(before, parameters, input[corner + offset]!, c)
            if (y > value) [best, value] = [corner + offset, y]
          }
          visit(((b * output.height + oy) * output.width + ox) * channels + c, best, value)
        }
      }
    }
  }
}
