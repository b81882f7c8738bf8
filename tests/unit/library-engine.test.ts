import { describe, expect, it } from 'vitest'
import { Engine, train, type BackendName } from '../../src/library/engine'

describe('the engine of the library', () => {
  const strange = 'constructor' as BackendName
  const said = new RangeError('there is no backend "constructor"; there are webgpu, wasm, cpu')

  it('names the backends that there are where it is asked for another', async () => {
    await expect(train({}, { backend: strange, steps: 1 })).rejects.toThrow(said)
    const engine = new Engine()
    await expect(engine.chooseBackend(strange)).rejects.toThrow(said)
    await engine.dispose()
  })
})
