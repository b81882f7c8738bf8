/** Trains one run of the table and writes its file; `npm run table` starts it, once for each run. */
import { cpus } from 'node:os'
import { finalGeometry } from './final-geometry'
import { encodePicture } from '../src/io/table-file'
import { main, readFlags, UsageError, wholeNumber } from './arguments'
import { writeOutcomeFile } from './outcome-file'
import type { Outcome } from './table-outcome'
import { experimentOf } from './table-plan'
import { trainRun } from './train-run'

/** Points in a picture: enough to see the geometry, a kilobyte in the table. */
const PICTURE_POINTS = 300

await main(async () => {
  const flags = readFlags({
    preset: { type: 'string' },
    dimension: { type: 'string' },
    seed: { type: 'string' },
    steps: { type: 'string' },
    file: { type: 'string' },
  })
  const required = (name: 'preset' | 'dimension' | 'seed' | 'file'): string => {
    const value = flags[name]
    if (value === undefined) throw new UsageError(`--${name} is missing`)
    return value
  }
  const run = {
    preset: required('preset'),
    dimension: wholeNumber('dimension', required('dimension'), 2),
    seed: wholeNumber('seed', required('seed'), 0),
  }
  const steps = flags.steps === undefined ? null : wholeNumber('steps', flags.steps, 1)
  const { trainer, data, weights, bias, processorSeconds } = await trainRun(experimentOf(run), 'wasm', steps)
  const { features, labels, ...measures } = await finalGeometry(trainer, data, weights, bias)
  const picture =
    run.dimension === 2
      ? encodePicture(
          features.subarray(0, 2 * PICTURE_POINTS),
          labels.subarray(0, PICTURE_POINTS),
          weights,
          trainer.layout.subCenters,
        )
      : null
  const outcome: Outcome = {
    ...run,
    steps: trainer.step,
    ...measures,
    msPerStep: (1000 * processorSeconds) / trainer.step,
    machine: cpus()[0]?.model.trim() ?? 'an unknown processor',
    picture,
  }
  await writeOutcomeFile(required('file'), outcome)
})
