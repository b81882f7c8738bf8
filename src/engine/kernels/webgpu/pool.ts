import type { TensorInfo } from '@tensorflow/tfjs-core'
import type { PoolLayer } from '../../layout'
import type { PoolAttributes } from '../names'
import { volume } from '../../layout'
import { activationFunctions, slopesOf } from './activation'
import type { Gpu } from './gpu'
import { ONE } from './lanes'
import { memo } from '../../../geometry/memo'
import { elementwise, elementwiseMain, program, read, write } from './program'

export function poolForward(
  gpu: Gpu,
  { input, parameters }: Record<'input' | 'parameters', TensorInfo>,
  { layer, batch }: PoolAttributes,
): TensorInfo {
  const size = batch * volume(layer.output)
  const result = gpu.allocate(size)
  gpu.dispatch(forwardOf(layer), { source: input, parameters, result }, { size }, elementwise(size))
  return result
}

export function poolBackward(
  gpu: Gpu,
  { input, outputGradient, parameters }: Record<'input' | 'outputGradient' | 'parameters', TensorInfo>,
  { layer, batch }: PoolAttributes,
): TensorInfo {
  const result = gpu.allocate(batch * volume(layer.input))
  const size = batch * volume(windowsOf(layer))
  const tensors = { source: input, outputGradient, parameters, result }
  gpu.dispatch(backwardOf(layer), tensors, { size }, elementwise(size))
  return result
}

/** All windows, with those cut off by an odd edge, which count for nothing but have a gradient of 0. */
function windowsOf({ input }: PoolLayer): PoolLayer['input'] {
  return { ...input, height: Math.ceil(input.height / 2), width: Math.ceil(input.width / 2) }
}

/** Splits i into `channel`, `x`, `y` and `image`, and gives the `corner` of the window that they name. */
const windowAt = ({ input }: PoolLayer, { height, width, channels }: PoolLayer['output']): string => `
  let channel = i % ${channels}u;
  let x = i / ${channels}u % ${width}u;
  let y = i / ${channels * width}u % ${height}u;
  let image = i / ${channels * width * height}u;
  let corner = ((image * ${input.height}u + 2u * y) * ${input.width}u + 2u * x) * ${channels}u + channel;`

/** The four inputs of a window: right of the corner, below it, and both. */
const offsetsOf = ({ input: { width, channels } }: PoolLayer): number[] =>
  [0, 1, width, width + 1].map((pixels) => pixels * channels)

/** `values`, the four activated inputs of the window. */
const valuesOf = (layer: PoolLayer): string => `
  let z = vec4f(${offsetsOf(layer)
    .map((offset) => `source[corner + ${offset}u]`)
    .join(', ')});
  let values = activate(z, vec4f(${slopesOf(layer.before, ONE, 'channel')}));`

const forwardOf = memo((layer: PoolLayer) =>
  program({
    label: 'pool',
    buffers: { source: read(), parameters: read(), result: write() },
    settings: { size: 'u32' },
    code:
      activationFunctions(layer.before) +
      elementwiseMain(
        'settings.size',
        `${windowAt(layer, layer.output)}${valuesOf(layer)}
  result[i] = max(max(values.x, values.y), max(values.z, values.w));`,
      ),
  }),
)

/** A thread writes all inputs of its window, so that the gradient needs no clearing. */
const backwardOf = memo((layer: PoolLayer) => {
  const { input, output } = layer
  const edge = (y: boolean, x: boolean): string =>
    [y ? `2u * y + 1u < ${input.height}u` : '', x ? `2u * x + 1u < ${input.width}u` : '']
      .filter(Boolean)
      .join(' && ') || 'true'
  const [right, below, both] = offsetsOf(layer).slice(1)
  const code = elementwiseMain(
    'settings.size',
    `${windowAt(layer, windowsOf(layer))}
  var gradient = vec4f();
  if (y < ${output.height}u && x < ${output.width}u) {
    ${valuesOf(layer)}
    var largest = 0u;
    if (values.y > values[largest]) { largest = 1u; }
    if (values.z > values[largest]) { largest = 2u; }
    if (values.w > values[largest]) { largest = 3u; }
    let dy = outputGradient[((image * ${output.height}u + y) * ${output.width}u + x) * ${output.channels}u + channel];
    gradient = select(vec4f(), vec4f(dy), vec4u(0u, 1u, 2u, 3u) == vec4u(largest));
  }
  result[corner] = gradient.x;
  if (${edge(false, true)}) { result[corner + ${right!}u] = gradient.y; }
  if (${edge(true, false)}) { result[corner + ${below!}u] = gradient.z; }
  if (${edge(true, true)}) { result[corner + ${both!}u] = gradient.w; }`,
  )
  return program({
    label: 'pool gradient',
    buffers: { source: read(), outputGradient: read(), parameters: read(), result: write() },
    settings: { size: 'u32' },
    code: activationFunctions(layer.before) + code,
  })
})
