import fc from 'fast-check'
import type { Activation } from '../../src/engine/layout'
import type { ConvSpec, PoolSpec } from './layers'

// Shapes of layers, small and awkward.

const kind = fc.constantFrom('none', 'relu', 'prelu') satisfies fc.Arbitrary<Activation['kind']>
const length = fc.integer({ min: 1, max: 9 })
const channels = fc.integer({ min: 1, max: 21 })

export const convSpecs: fc.Arbitrary<ConvSpec> = fc.record({
  input: fc.record({ height: length, width: length, channels }),
  filters: channels,
  size: fc.constantFrom(1, 3, 5),
  stride: fc.constantFrom(1, 2),
  batch: fc.constantFrom(1, 2, 3),
  before: kind,
  after: kind,
})

export const poolSpecs: fc.Arbitrary<PoolSpec> = fc.record({
  input: fc.record({
    height: fc.integer({ min: 2, max: 9 }),
    width: fc.integer({ min: 2, max: 9 }),
    channels,
  }),
  batch: fc.constantFrom(1, 2, 3),
  before: kind,
})
