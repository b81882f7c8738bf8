import { expect, it } from 'vitest'
import { nodeAssets } from '../../cli/node-assets'
import { BackendError, gpuInfo, useBackend } from '../../src/engine/backends'

it('says in a sentence that there is no WebGPU, and can start another backend after that', async () => {
  const start = useBackend('webgpu', nodeAssets)
  await expect(start).rejects.toThrow(BackendError)
  await expect(start).rejects.toThrow(/^WebGPU does not start: this browser does not have it$/)
  expect(gpuInfo()).toBeNull()
  await useBackend('wasm', nodeAssets)
})
