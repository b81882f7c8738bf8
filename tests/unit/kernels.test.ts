import {
  add,
  conv2d,
  Conv2DBackpropFilter,
  Conv2DBackpropInput,
  engine,
  greater,
  maxPool,
  MaxPoolGrad,
  mul,
  prelu,
  reshape,
  slice1d,
  sum,
  tensor1d,
  tensor4d,
  tidy,
  where,
  zerosLike,
  type Tensor,
  type Tensor1D,
  type Tensor4D,
} from '@tensorflow/tfjs'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { nodeAssets } from '../../cli/node-assets'
import { useBackend, type BackendName } from '../../src/engine/backends'
import * as ops from '../../src/engine/kernels/ops'
import { layOut, type Activation, type Shape3 } from '../../src/engine/layout'
import { NETWORKS } from '../../src/engine/networks'
import { Random } from '../../src/geometry/random'
import { convSpecs, poolSpecs } from './arbitraries'
import {
  convCase,
  copy,
  poolCase,
  readAll,
  runConv,
  runPool,
  worstDeviation,
  type ConvCase,
  type PoolCase,
} from './layers'

type Results = Record<string, Float32Array>

/** What a function gives on the backend cpu, and the same or another on `backend`, agrees. */
async function expectAgreement<T extends Results>(
  expected: () => Promise<T>,
  backend: BackendName = 'wasm',
  actual = expected,
): Promise<void> {
  await useBackend('cpu', nodeAssets)
  const e = await expected()
  await useBackend(backend, nodeAssets)
  expect(worstDeviation(await actual(), e)).toBeLessThanOrEqual(1e-5)
}

describe('on wasm as on cpu', () => {
  it('convolutions of any shape', () =>
    fc.assert(
      fc.asyncProperty(convSpecs, (spec) => expectAgreement(() => runConv(convCase(spec)))),
      { numRuns: 200 },
    ))

  it('pooling of any shape', () =>
    fc.assert(
      fc.asyncProperty(poolSpecs, (spec) => expectAgreement(() => runPool(poolCase(spec)))),
      { numRuns: 100 },
    ))

  const image: Shape3 = { height: 28, width: 28, channels: 1 }
  describe.each(NETWORKS.all)('the layers of $name', (network) => {
    it.each(network.id === 'lenet-plus-plus' ? [1, 2] : [1, 3, 64])('batch %i', async (batch) => {
      for (const layer of layOut(network, image, 3, 10, 'relu').layers) {
        if (layer.kind === 'pool') {
          await expectAgreement(() =>
            runPool(poolCase({ input: layer.input, batch, before: layer.before.kind })),
          )
        } else {
          const { input, output, size, stride, before, after } = layer
          const spec = { input, filters: output.channels, size, stride, batch }
          await expectAgreement(() => runConv(convCase({ ...spec, before: before.kind, after: after.kind })))
        }
      }
    })
  })

  it('slopes that repeat over a flattened image', () =>
    expectAgreement(() => {
      const spec = { input: { height: 1, width: 1, channels: 24 }, filters: 5, size: 1, stride: 1, batch: 3 }
      const dense = convCase({ ...spec, before: 'prelu', after: 'none' })
      return runConv({ ...dense, layer: { ...dense.layer, before: { kind: 'prelu', offset: 0, count: 6 } } })
    }))

  it.each([
    ['adam', Infinity],
    ['adam', 3],
    ['sgd', Infinity],
    ['sgd', 3],
  ] as const)('%s, gradients up to %d', (kind, clip) =>
    expectAgreement(() =>
      readAll(() => {
        const random = new Random(1, 'optimizer')
        const size = 52
        const normal = (): Float32Array => Float32Array.from({ length: size }, () => random.normal())
        const parameters = copy(normal())
        const moments = copy(new Float32Array(2 * size))
        for (let step = 1; step <= 5; step++) {
          const options = { kind, size, rate: 0.05, momentum: 0.9, weightDecay: 0.1, decayed: 20, clip, step }
          ops.optimize({ parameters, gradients: copy(normal()), moments }, options)
        }
        return { parameters, first: slice1d(moments, 0, size), second: slice1d(moments, size, size) }
      }),
    ),
  )
})

describe.each(['cpu', 'wasm'] as const)('a gradient on %s whose square is not finite', (backend) => {
  it.each([
    ['adam', Infinity],
    ['adam', 1],
    ['sgd', Infinity],
    ['sgd', 1],
  ] as const)('makes parameters that are no numbers: %s, clipped to %d', async (kind, clip) => {
    await useBackend(backend, nodeAssets)
    const step = (gradient: number): Promise<Results> =>
      readAll(() => {
        const parameters = copy(new Float32Array(8).fill(1))
        const gradients = copy(Float32Array.of(gradient, 0, 0, 0, 0, 0, 0, 0))
        const moments = copy(new Float32Array(16))
        const settings = { size: 8, rate: 0.1, momentum: 0.9, weightDecay: 0, decayed: 0, step: 1 }
        ops.optimize({ parameters, gradients, moments }, { kind, clip, ...settings })
        return { parameters }
      })
    expect((await step(1e18)).parameters!.every(Number.isFinite)).toBe(true)
    for (const gradient of [1e20, -1e30, Infinity, NaN]) {
      expect((await step(gradient)).parameters!.every(Number.isNaN), String(gradient)).toBe(true)
    }
  })
})

const SAME = { pad: 'same', dataFormat: 'NHWC' } as const

/** The same results by TensorFlow.js's own kernels, with which it differentiates convolutions. */
function tfjsConv({ layer, batch, ...values }: ConvCase): Awaited<ReturnType<typeof runConv>> {
  const { input, output, size, stride, before, after } = layer
  const vector = (offset: number, length: number): Tensor1D =>
    tensor1d(values.parameters.slice(offset, offset + length))
  const slopes = (a: Activation): Tensor1D => (a.kind === 'prelu' ? vector(a.offset, a.count) : tensor1d([0]))
  const shapeOf = ({ height, width, channels }: Shape3) => [batch, height, width, channels] as Shape4
  return tidy(() => {
    const raw = tensor4d(values.input, shapeOf(input))
    const x = before.kind === 'none' ? raw : prelu<Tensor>(raw, slopes(before))
    const w = reshape(vector(layer.weights, size * size * input.channels * output.channels), [
      size,
      size,
      input.channels,
      output.channels,
    ])
    const z = add<Tensor4D>(
      conv2d(x as Tensor4D, w as Tensor4D, stride, 'same'),
      vector(layer.bias, output.channels),
    )
    const dy = tensor4d(values.outputGradient, shapeOf(output))
    const positive = greater(z, 0)
    const dz = after.kind === 'none' ? dy : where(positive, dy, mul(dy, slopes(after)))
    const gradients = new Float32Array(values.parameters.length)
    const put = (gradient: Tensor, offset: number): void => gradients.set(gradient.dataSync(), offset)
    const strides = { ...SAME, strides: stride }
    const filter = { ...strides, filterShape: w.shape }
    put(engine().runKernel<Tensor>(Conv2DBackpropFilter, { x, dy: dz }, filter), layer.weights)
    put(sum(dz, [0, 1, 2]), layer.bias)
    if (after.kind === 'prelu') {
      put(sum(where(positive, zerosLike(z), mul(dy, z)), [0, 1, 2]), after.offset)
    }
    const dInput: Tensor = engine().runKernel(
      Conv2DBackpropInput,
      { dy: dz, filter: w },
      {
        ...strides,
        inputShape: shapeOf(input),
      },
    )
    return { z: floats(z), dInput: floats(dInput), gradients }
  })
}

function tfjsPool({ layer, batch, ...values }: PoolCase): Awaited<ReturnType<typeof runPool>> {
  const shapeOf = ({ height, width, channels }: Shape3) => [batch, height, width, channels] as Shape4
  return tidy(() => {
    const input = tensor4d(values.input, shapeOf(layer.input))
    const output = maxPool(input, 2, 2, 'valid')
    const dy = tensor4d(values.outputGradient, shapeOf(layer.output))
    const window = { filterSize: 2, strides: 2, pad: 'valid' }
    const dInput: Tensor = engine().runKernel(MaxPoolGrad, { dy, input, output }, window)
    return { y: floats(output), dInput: floats(dInput) }
  })
}

// The backend 'cpu' has its values at hand.
const floats = (tensor: Tensor): Float32Array => Float32Array.from(tensor.dataSync())

type Shape4 = [batch: number, height: number, width: number, channels: number]

describe.each(['cpu', 'wasm'] as const)('on %s as TensorFlow.js has it', (backend) => {
  it('convolutions', () =>
    fc.assert(
      fc.asyncProperty(convSpecs, (spec) => {
        const conv = convCase(spec)
        return expectAgreement(
          () => Promise.resolve(tfjsConv(conv)),
          backend,
          () => runConv(conv),
        )
      }),
      { numRuns: 60 },
    ))

  it('pooling', () =>
    fc.assert(
      fc.asyncProperty(poolSpecs, (spec) => {
        const pool = poolCase({ ...spec, before: 'none' })
        return expectAgreement(
          () => Promise.resolve(tfjsPool(pool)),
          backend,
          () => runPool(pool),
        )
      }),
      { numRuns: 40 },
    ))
})

describe('gather', () => {
  beforeAll(() => useBackend('wasm', nodeAssets))

  it('shifts images and fills up with paper', async () => {
    const height = 3
    const width = 5
    const random = new Random(1, 'images')
    const pixels = Uint8Array.from({ length: 2 * height * width + 2 }, () => random.below(256))
    const right = -2
    const down = 1
    const { shifted } = await readAll(() => {
      const images = tensor1d(new Int32Array(pixels.buffer), 'int32')
      const plan = tensor1d([0, 0, 0, 0, 1, right, down, 0], 'int32')
      return { shifted: ops.gather({ images, plan }, { first: 1, rows: 1, height, width }) }
    })
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const fromX = x - right
        const fromY = y - down
        const inside = fromX >= 0 && fromX < width && fromY >= 0 && fromY < height
        const expected = inside ? pixels[height * width + fromY * width + fromX]! / 255 : 0
        expect(shifted[y * width + x]).toBeCloseTo(expected, 6)
      }
    }
  })
})
