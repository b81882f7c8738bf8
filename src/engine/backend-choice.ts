import type { ImageSet } from '../io/dataset-file'
import { reasonOf } from '../io/reason'
import type { Assets } from './assets'
import { useBackend, type BackendName } from './backends'
import type { Experiment } from './config'
import type { BackendMeasure } from './events'
import { Trainer } from './trainer'

/** Time for measuring one backend, after its first step has compiled everything. */
const MEASURE_MS = 250
const MOST_STEPS = 30
/** The plain TypeScript backend is far slower: it steps on this part of a batch, and the rest is reckoned. */
const CPU_BATCH = 2

/**
 * Trains a few steps of an experiment on a backend.
 * @returns steps a second, or why the backend can't be used; makes that backend the current one.
 */
export async function measureBackend(
  name: BackendName,
  experiment: Experiment,
  data: ImageSet,
  assets: Assets,
): Promise<BackendMeasure> {
  try {
    await useBackend(name, assets)
    const { batchSize } = experiment.optimizer
    const batch = name === 'cpu' ? CPU_BATCH : batchSize
    const trainer = new Trainer(
      { ...experiment, optimizer: { ...experiment.optimizer, batchSize: batch } },
      data,
    )
    try {
      const stepsPerSecond = (await timeSteps(trainer)) * (batch / batchSize)
      return { name, stepsPerSecond, estimated: batch !== batchSize, reason: null }
    } finally {
      trainer.dispose()
    }
  } catch (error) {
    const reason = reasonOf(error)
    return { name, stepsPerSecond: null, estimated: false, reason }
  }
}

async function timeSteps(trainer: Trainer): Promise<number> {
  await trainer.prepare()
  const first = performance.now()
  trainer.trainStep()
  await trainer.read()
  const start = performance.now()
  // The first step still warms up, but where it is this slow, the others are too.
  if (start - first > MEASURE_MS) return 1000 / (start - first)
  let elapsed = 0
  let steps = 0
  // In growing bursts: reading after each step would measure the reading.
  for (let burst = 1; steps < MOST_STEPS && elapsed < MEASURE_MS; burst *= 2) {
    for (let i = 0; i < burst; i++) trainer.trainStep()
    await trainer.read()
    steps += burst
    elapsed = performance.now() - start
  }
  return (1000 * steps) / elapsed
}

/** The name of the fastest of the measured backends. */
export function fastest(measures: readonly BackendMeasure[]): BackendName | null {
  const usable = measures.filter(({ stepsPerSecond }) => stepsPerSecond !== null)
  usable.sort((a, b) => b.stepsPerSecond! - a.stepsPerSecond!)
  return usable[0]?.name ?? null
}
