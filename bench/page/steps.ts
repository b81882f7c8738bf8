/** Runs in the page: how long training steps take, and how many GPU dispatches they issue. */
import { browserAssets } from '../../src/engine/browser-assets'
import { useBackend, type BackendName } from '../../src/engine/backends'
import { parseExperiment } from '../../src/engine/config'
import { withPreset } from '../../src/engine/presets'
import { Trainer } from '../../src/engine/trainer'
import { decodeDataset, type ImageSet } from '../../src/io/dataset-file'

const assets = browserAssets(new URL('/', location.href).href)
let digits: Promise<ImageSet> | null = null

async function trainerOn(backend: BackendName, network: string): Promise<Trainer> {
  await useBackend(backend, assets)
  digits ??= assets.data('mnist.bin').then(decodeDataset)
  const experiment = withPreset(parseExperiment({ network: { kind: network } }), 'arcface')
  return new Trainer(experiment, await digits)
}

/** Milliseconds for one training step of ArcFace with Adam, batch 64: the mean over `steps`, `runs` times. */
export async function stepTimes(
  backend: BackendName,
  network: string,
  steps: number,
  runs: number,
): Promise<number[]> {
  const trainer = await trainerOn(backend, network)
  trainer.trainStep()
  await trainer.read()
  const times: number[] = []
  for (let run = 0; run < runs; run++) {
    const start = performance.now()
    for (let i = 0; i < steps; i++) trainer.trainStep()
    await trainer.read()
    times.push((performance.now() - start) / steps)
  }
  trainer.dispose()
  return times
}

/** GPU dispatches of one training step. */
export async function dispatchesPerStep(network: string): Promise<number> {
  const trainer = await trainerOn('webgpu', network)
  trainer.trainStep()
  await trainer.read()
  let count = 0
  const { prototype } = GPUComputePassEncoder
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its object below
  const dispatch = prototype.dispatchWorkgroups
  prototype.dispatchWorkgroups = function (...size) {
    count++
    dispatch.apply(this, size)
  }
  try {
    trainer.trainStep()
  } finally {
    prototype.dispatchWorkgroups = dispatch
  }
  await trainer.read()
  trainer.dispose()
  return count
}
