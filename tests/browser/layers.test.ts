import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { convSpecs, poolSpecs } from '../unit/arbitraries'
import type { ConvSpec } from '../unit/layers'
import { TestPage, type Remote } from './browser'

let page: TestPage
let layers: Remote<typeof import('./page/layers')>

beforeAll(async () => {
  page = await TestPage.open()
  layers = page.module('tests/browser/page/layers')
})
afterEach(() => {
  expect(page.complaints).toEqual([])
})
afterAll(() => page.close())

const spec: ConvSpec = {
  input: { height: 7, width: 6, channels: 5 },
  filters: 9,
  size: 3,
  stride: 2,
  batch: 3,
  before: 'prelu',
  after: 'prelu',
}

describe('layers on webgpu agree with those on wasm', () => {
  it.each<[string, ConvSpec]>([
    ['no activation', { ...spec, before: 'none', after: 'none' }],
    ['ReLU', { ...spec, before: 'relu', after: 'relu' }],
    ['a stride wider than the kernel', { ...spec, size: 1 }],
    ['a stride of 3', { ...spec, size: 5, stride: 3 }],
    ['a kernel larger than the image', { ...spec, input: { height: 2, width: 1, channels: 3 }, size: 5 }],
    ['a dense layer', { ...spec, input: { height: 1, width: 1, channels: 70 }, size: 1, stride: 1 }],
    ['one weight', { ...spec, input: { height: 1, width: 1, channels: 1 }, filters: 1, size: 1, batch: 1 }],
    ['many parts of a sum', { ...spec, input: { height: 28, width: 28, channels: 1 }, stride: 1, batch: 9 }],
    ['tiles of 64 rows', { ...spec, input: { height: 16, width: 16, channels: 36 }, filters: 40, stride: 1 }],
  ])('%s', async (_, spec) => {
    expect(await layers.compareConv(spec)).toBeLessThanOrEqual(1e-5)
  })

  // Each shape compiles shaders of its own, which takes a software GPU seconds.
  it('convolutions of any shape', () =>
    fc.assert(
      fc.asyncProperty(convSpecs, async (spec) => {
        expect(await layers.compareConv(spec)).toBeLessThanOrEqual(1e-5)
      }),
      { numRuns: 8, endOnFailure: true },
    ))

  it('pooling of any shape', () =>
    fc.assert(
      fc.asyncProperty(poolSpecs, async (spec) => {
        expect(await layers.comparePool(spec)).toBeLessThanOrEqual(1e-5)
      }),
      { numRuns: 15, endOnFailure: true },
    ))
})
