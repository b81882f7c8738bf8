import { tensor1d, tidy, type Tensor1D } from '@tensorflow/tfjs-core'
import * as ops from '../../src/engine/kernels/ops'
import type { Activation, ConvLayer, PoolLayer, Shape3 } from '../../src/engine/layout'
import { Random } from '../../src/geometry/random'

/** A convolution on random numbers, with the parameter vector that its offsets point into. */
export interface ConvCase {
  readonly layer: ConvLayer
  readonly batch: number
  readonly parameters: Float32Array
  readonly input: Float32Array
  readonly outputGradient: Float32Array
}

export interface PoolCase extends Omit<ConvCase, 'layer'> {
  readonly layer: PoolLayer
}

export interface ConvSpec {
  readonly input: Shape3
  readonly filters: number
  readonly size: number
  readonly stride: number
  readonly batch: number
  readonly before: Activation['kind']
  readonly after: Activation['kind']
}

export type PoolSpec = Pick<ConvSpec, 'input' | 'batch' | 'before'>

export function convCase(spec: ConvSpec): ConvCase {
  const { input, filters, size, stride, batch } = spec
  const random = new Random(1, JSON.stringify(spec))
  const same = (length: number): [output: number, before: number] => {
    const output = Math.ceil(length / stride)
    return [output, Math.max((output - 1) * stride + size - length, 0) >> 1]
  }
  const [height, padTop] = same(input.height)
  const [width, padLeft] = same(input.width)
  const output = { height, width, channels: filters }
  let end = 0
  const allocate = (count: number): number => (end += (count + 3) & ~3) - ((count + 3) & ~3)
  const activation = (kind: Activation['kind'], count: number): Activation =>
    kind === 'prelu' ? { kind, offset: allocate(count), count } : { kind }
  const layer: ConvLayer = {
    kind: 'conv',
    input,
    output,
    size,
    stride,
    padTop,
    padLeft,
    weights: allocate(size * size * input.channels * filters),
    bias: allocate(filters),
    before: activation(spec.before, input.channels),
    after: activation(spec.after, filters),
  }
  const normal = (count: number): Float32Array => Float32Array.from({ length: count }, () => random.normal())
  return {
    layer,
    batch,
    parameters: normal(end),
    input: normal(batch * input.height * input.width * input.channels),
    outputGradient: normal(batch * height * width * filters),
  }
}

export function poolCase({ input, batch, before }: PoolSpec): PoolCase {
  const random = new Random(1, 'pool')
  const output = { height: input.height >> 1, width: input.width >> 1, channels: input.channels }
  const layer: PoolLayer = {
    kind: 'pool',
    input,
    output,
    before: before === 'prelu' ? { kind: before, offset: 4, count: input.channels } : { kind: before },
  }
  // Few values, so that some windows have several largest ones.
  const few = (count: number): Float32Array => Float32Array.from({ length: count }, () => random.below(5) - 2)
  return {
    layer,
    batch,
    parameters: Float32Array.from({ length: 4 + input.channels }, () => random.normal()),
    input: few(batch * input.height * input.width * input.channels),
    outputGradient: few(batch * output.height * output.width * output.channels),
  }
}

/** What the kernels of a convolution give on the current backend; gradients lie as the parameters do. */
export function runConv({
  layer,
  batch,
  ...values
}: ConvCase): Promise<Record<'z' | 'dInput' | 'gradients', Float32Array>> {
  return readAll(() => {
    const input = copy(values.input)
    const parameters = copy(values.parameters)
    const outputGradient = copy(values.outputGradient)
    const gradients = copy(new Float32Array(values.parameters.length))
    const z = ops.convForward({ input, parameters }, { layer, batch })
    const tensors = { input, preActivations: z, outputGradient, parameters, gradients }
    const dInput = ops.convBackward(tensors, { layer, batch, inputGradient: true })
    return { z, dInput, gradients }
  })
}

export function runPool({
  layer,
  batch,
  ...values
}: PoolCase): Promise<Record<'y' | 'dInput', Float32Array>> {
  return readAll(() => {
    const input = copy(values.input)
    const parameters = copy(values.parameters)
    const outputGradient = copy(values.outputGradient)
    const y = ops.poolForward({ input, parameters }, { layer, batch })
    return { y, dInput: ops.poolBackward({ input, outputGradient, parameters }, { layer, batch }) }
  })
}

export const copy = (values: Float32Array): Tensor1D => tensor1d(values.slice())

/** The values of tensors, whatever the backend. */
export async function readAll<Name extends string>(
  make: () => Record<Name, Tensor1D>,
): Promise<Record<Name, Float32Array>> {
  const sizes: [Name, number][] = []
  const joined = tidy(() => {
    const tensors = Object.entries(make()) as [Name, Tensor1D][]
    sizes.push(...tensors.map(([name, { size }]): [Name, number] => [name, size]))
    return ops.join(tensors.map(([, tensor]) => tensor))
  })
  const values = Float32Array.from(await joined.data())
  joined.dispose()
  let offset = 0
  const parts = sizes.map(([name, size]) => [name, values.subarray(offset, (offset += size))])
  return Object.fromEntries(parts) as Record<Name, Float32Array>
}

/** The largest difference between results, as a fraction of the largest magnitude of each; NaN if any is. */
export function worstDeviation<Name extends string>(
  actual: Record<Name, Float32Array>,
  expected: Record<Name, Float32Array>,
): number {
  const deviations = (Object.keys(expected) as Name[]).map((name) => {
    const a = actual[name]
    const e = expected[name]
    if (a.length !== e.length) return NaN
    const largest = e.reduce((most, x) => Math.max(most, Math.abs(x)), 0)
    const worst = e.reduce((most, x, i) => Math.max(most, Math.abs(x - a[i]!)), 0)
    return worst === 0 ? 0 : worst / largest
  })
  return Math.max(...deviations)
}
