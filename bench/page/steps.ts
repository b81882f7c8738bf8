import { useBackend, type BackendName } from '../../src/engine/backends'
import { assets } from '../../tests/browser/page/assets'
import { trainerOf, type Task } from '../../tests/browser/page/tasks'

/** Milliseconds for one training step on a backend: the mean over `steps` of them, `runs` times. */
export async function stepTimes(
  backend: BackendName,
  task: Task,
  steps: number,
  runs: number,
): Promise<number[]> {
  await useBackend(backend, assets)
  const trainer = await trainerOf(task)
  await trainer.prepare()
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
