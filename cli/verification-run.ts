/** Trains one run of the table of verification and writes its file; `npm run verification` starts it. */
import { cpus } from 'node:os'
import { evaluateAccuracy, readFeatures } from '../src/engine/evaluate'
import { keptCurve } from '../src/geometry/roc'
import { verify } from '../src/geometry/verification'
import { main, readFlags, UsageError, wholeNumber } from './arguments'
import { writeOutcomeFile } from './outcome-file'
import { trainRun } from './train-run'
import type { VerificationOutcome } from './verification-outcome'
import { verificationExperiment } from './verification-settings'

await main(async () => {
  const flags = readFlags({
    preset: { type: 'string' },
    seed: { type: 'string' },
    steps: { type: 'string' },
    file: { type: 'string' },
  })
  const { preset, file } = flags
  if (preset === undefined || file === undefined || flags.seed === undefined) {
    throw new UsageError('--preset, --seed and --file are needed')
  }
  const seed = wholeNumber('seed', flags.seed, 0)
  const steps = flags.steps === undefined ? null : wholeNumber('steps', flags.steps, 1)
  const run = await trainRun(verificationExperiment(preset, seed), 'wasm', steps)
  const { trainer, data, weights, bias, processorSeconds } = run
  const first = data.train + data.test
  const features = await readFeatures(trainer, first, data.unseen!.count)
  // The pairs are the same for all losses and seeds.
  const verified = verify(features, trainer.layout.dimension, data.labels.subarray(first))
  if (!verified?.accuracy) throw new Error('the features of unseen identities can not be compared')
  const { accuracy, equalErrorRate, rates, roc, identities } = verified
  const outcome: VerificationOutcome = {
    preset,
    seed,
    identities,
    equalErrorRate,
    processorSeconds,
    steps: trainer.step,
    pairs: roc.same,
    accuracy: accuracy.mean,
    standardError: accuracy.standardError,
    rates: rates.map(({ far, tar }) => ({ far, tar })),
    curve: keptCurve(roc),
    testAccuracy: (await evaluateAccuracy(trainer, data, weights, bias)).test,
    machine: cpus()[0]?.model.trim() ?? 'an unknown processor',
  }
  await writeOutcomeFile(file, outcome)
})
