import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { TestPage, type Remote } from './browser'
import type { Task } from './page/tasks'

let page: TestPage
let training: Remote<typeof import('./page/training')>

beforeAll(async () => {
  page = await TestPage.open()
  training = page.module('tests/browser/page/training')
})
afterEach(() => {
  expect(page.complaints).toEqual([])
})
afterAll(() => page.close())

const digits = { digits: 64 }
/** Sizes that no tile and no vector divides; pooling drops a row and a column. */
const noise = { noise: 12, height: 11, width: 13, classes: 7 }
const relu = { featureActivation: 'relu' }
/**
 * An epoch of one batch of three, in shapes that were compiled before: a software GPU takes half a second for each
 * kernel.
 */
const few = { ...noise, noise: 3 }

const task = (
  kind: string,
  optimizer: 'adam' | 'sgd',
  batchSize: number,
  data: Task['data'],
  network: object = {},
): Task => ({
  experiment: {
    network: { kind, ...network },
    // Adam makes whole steps of what rounding leaves of tiny gradients, so the steps must be short.
    // Clipped in the one and not in the other.
    optimizer: {
      kind: optimizer,
      clip: optimizer === 'adam' ? 0.1 : null,
      batchSize,
      weightDecay: 1e-3,
      rate: { kind: 'constant', value: 3e-4 },
    },
  },
  data,
})

/** What other heads and terms learn or carry: nothing of it moves under softmax. */
const WITHOUT_GRADIENT = ['head.margins', 'head.rarity', 'head.states', 'head.sharedBias', 'terms.center']

describe('training on webgpu does what it does on wasm', () => {
  it.each([
    ['mlp, Adam', task('mlp', 'adam', 16, digits)],
    ['mlp, SGD', task('mlp', 'sgd', 64, digits)],
    ['compact, Adam', task('compact', 'adam', 64, digits)],
    ['compact, SGD, odd batch', task('compact', 'sgd', 7, digits)],
    ['compact, Adam, one image', task('compact', 'adam', 2, { ...noise, noise: 1 }, { dimension: 5 })],
    ['compact, Adam, odd sizes', task('compact', 'adam', 3, noise, { dimension: 5 })],
    ['compact, SGD, ReLU features', task('compact', 'sgd', 5, noise, { dimension: 5, ...relu })],
    ['LeNet++, Adam', task('lenet-plus-plus', 'adam', 2, digits)],
    ['LeNet++, SGD, odd sizes', task('lenet-plus-plus', 'sgd', 3, noise, { dimension: 128 })],
    ['LeNet++, Adam, ReLU features', task('lenet-plus-plus', 'adam', 3, noise, { dimension: 128, ...relu })],
  ])('%s', async (_, task) => {
    const { moments, parameters } = await training.compare(task)
    for (const { name, magnitude, largest } of moments) {
      if (WITHOUT_GRADIENT.includes(name)) continue
      expect(magnitude, `gradient of ${name}`).toBeGreaterThan(0)
      expect(largest, `gradient of ${name}`).toBeLessThanOrEqual(1e-4)
    }
    for (const { name, norm } of parameters) {
      if (!WITHOUT_GRADIENT.includes(name)) expect(norm, name).toBeLessThanOrEqual(1e-3)
    }
  })
})

describe('features on webgpu are those on wasm', () => {
  it.each([
    ['a chunk of the evaluation', 0, 250],
    ['an odd number', 13, 37],
    ['one', 299, 1],
  ])('%s', async (_, first, count) => {
    const { largest } = await training.compareFeatures(
      task('compact', 'adam', 64, { digits: 300 }),
      first,
      count,
    )
    expect(largest).toBeLessThanOrEqual(1e-4)
  })
})

it('makes at most 60 dispatches for a step, and compiles nothing after it was prepared', async () => {
  const arcface = { ...task('compact', 'adam', 64, { digits: 640 }), preset: 'arcface' }
  const { dispatches, pipelines } = await training.callsPerStep(arcface)
  expect(dispatches).toBeGreaterThan(10)
  expect(dispatches).toBeLessThanOrEqual(60)
  expect(pipelines).toBe(0)
})

it('lowers the loss on webgpu', async () => {
  // Few images are learned in few steps.
  const losses = await training.losses(
    'webgpu',
    { ...task('compact', 'adam', 12, { digits: 12 }), preset: 'softmax' },
    8,
  )
  expect(losses[0]).toBeGreaterThan(2)
  expect(losses[7]).toBeLessThan(0.7 * losses[0]!)
})

it('reads what kernels wrote in place, also of a single tensor that was read before', async () => {
  expect(await training.readInPlace('webgpu')).toEqual([1, 0.5, 0.25])
  expect(await training.readInPlace('wasm')).toEqual([1, 0.5, 0.25])
  expect(await training.readInPlace('cpu')).toEqual([1, 0.5, 0.25])
})

it.each([
  ['adam', true],
  ['adam', false],
  ['sgd', true],
  ['sgd', false],
] as const)(
  'a gradient whose square is not finite makes parameters no numbers: %s, clipped: %s',
  async (kind, clips) => {
    for (const [gradient, finite] of [
      [1e18, true],
      [1e20, false],
      [-1e30, false],
    ] as const) {
      const all = await training.finiteAfter('webgpu', kind, clips ? 1 : Infinity, gradient)
      expect(all, String(gradient)).toEqual([finite, finite, finite, finite])
    }
  },
)

describe('memory does not grow with the steps', () => {
  it.each([
    ['webgpu', 'compact', 'adam', 6],
    ['webgpu', 'compact', 'sgd', 6],
    ['wasm', 'mlp', 'adam', 200],
    ['wasm', 'mlp', 'sgd', 200],
    ['wasm', 'compact', 'adam', 200],
    ['wasm', 'compact', 'sgd', 200],
    ['wasm', 'lenet-plus-plus', 'adam', 100],
    ['wasm', 'lenet-plus-plus', 'sgd', 100],
  ] as const)('%s, %s, %s', async (backend, network, optimizer, steps) => {
    // An epoch is one batch, so each step also makes a new plan.
    const short = task(network, optimizer, 3, few, { dimension: 5 })
    const { tensors, bytes } = await training.growth(backend, short, steps)
    expect(tensors[1]).toBe(tensors[0])
    expect(bytes[1]).toBe(bytes[0])
  })
})
