import { useBackend } from '../../../src/engine/backends'
import {
  convCase,
  poolCase,
  runConv,
  runPool,
  worstDeviation,
  type ConvSpec,
  type PoolSpec,
} from '../../unit/layers'
import { assets } from './assets'

/** How far a layer on webgpu is from the same on wasm, in what deviates most. */
export const compareConv = (spec: ConvSpec): Promise<number> => compare(() => runConv(convCase(spec)))
export const comparePool = (spec: PoolSpec): Promise<number> => compare(() => runPool(poolCase(spec)))

async function compare(run: () => Promise<Record<string, Float32Array>>): Promise<number> {
  await useBackend('wasm', assets)
  const expected = await run()
  await useBackend('webgpu', assets)
  return worstDeviation(await run(), expected)
}
