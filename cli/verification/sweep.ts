import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { writeBlock } from '../../bench/results'
import { evaluateAccuracy, readFeatures } from '../../src/engine/evaluate'
import { KEPT_RATES, keptCurve } from '../../src/geometry/roc'
import { verify } from '../../src/geometry/verification'
import { namesOf } from '../sweeps/options'
import type { Finished, Sweep, SweepRun } from '../sweeps/sweep'
import type { TrainedRun } from '../../src/engine/train-run'
import { verificationFileOf } from './file'
import { VERIFIED, verificationExperiment } from './settings'
import { verificationTable } from './table'

export interface VerificationRun extends SweepRun {
  readonly preset: string
}

/** Shares are from 0 to 1. */
const measuresSchema = z.strictObject({
  /** Unseen identities, and pairs of each kind. */
  identities: z.number().int(),
  pairs: z.number().int(),
  /** Over ten folds, and the standard error between them. */
  accuracy: z.number(),
  standardError: z.number(),
  equalErrorRate: z.number(),
  /** True accept rates at false accept rates. */
  rates: z.array(z.strictObject({ far: z.number(), tar: z.number() })),
  /** True accept rates at KEPT_RATES. */
  curve: z.array(z.number()).length(KEPT_RATES.length),
  /** Of the classes that were trained on, on held-out images. */
  testAccuracy: z.number(),
})

export type VerificationMeasures = z.output<typeof measuresSchema>

/** Losses verified on identities that none was trained on: a table in bench/RESULTS.md and public/verification.json. */
export const verificationSweep: Sweep<VerificationRun, VerificationMeasures> = {
  name: 'verification',
  version: 1,
  seeds: '1',
  flags: ['presets'],
  plan: (seeds, { presets }) => {
    const runs = namesOf('presets', presets, Object.keys(VERIFIED)).flatMap((preset) =>
      seeds.map((seed) => ({
        preset,
        name: `${preset} seed ${seed}`,
        experiment: verificationExperiment(preset, seed),
      })),
    )
    return { train: runs, shown: runs }
  },
  measures: measuresSchema,
  measure,
  score: ({ accuracy }) => accuracy,
  partial: false,
  write,
}

async function measure({ trainer, data, weights, bias }: TrainedRun): Promise<VerificationMeasures> {
  const first = data.train + data.test
  const features = await readFeatures(trainer, first, data.unseen!.count)
  // The pairs are the same for all losses and seeds.
  const verified = verify(features, trainer.layout.dimension, data.labels.subarray(first))
  if (!verified?.accuracy) throw new Error('the features of unseen identities can not be compared')
  const { accuracy, equalErrorRate, rates, roc, identities } = verified
  return {
    identities,
    pairs: roc.same,
    accuracy: accuracy.mean,
    standardError: accuracy.standardError,
    equalErrorRate,
    rates: rates.map(({ far, tar }) => ({ far, tar })),
    curve: keptCurve(roc),
    testAccuracy: (await evaluateAccuracy(trainer, data, weights, bias)).test,
  }
}

function write(finished: readonly Finished<VerificationRun, VerificationMeasures>[], into: string): void {
  const file = verificationFileOf(finished)
  for (const folder of ['bench', 'public']) mkdirSync(join(into, folder), { recursive: true })
  writeBlock(join(into, 'bench/RESULTS.md'), 'verification', verificationTable(file))
  writeFileSync(join(into, 'public/verification.json'), `${JSON.stringify(file)}\n`)
}
