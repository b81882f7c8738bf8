import { z } from 'zod'
import { curriculumSchema } from '../losses/curriculum'
import { OWN, ownFileSchema } from '../datasets/own-file'
import { DATASETS, DEFAULT_DATASET } from '../datasets/registry'
import { selectionShape } from '../datasets/settings'
import { idOf } from '../losses/by-kind'
import { headSchema } from '../losses/head'
import { termsSchema } from '../losses/term-schema'
import { MOST_BATCH, MOST_SEED } from './limits'
import { DEFAULT_NETWORK, NETWORKS } from './networks'
import { withPresentNames } from './old-configuration'

const rateSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('constant'), value: z.number().positive().max(10) }),
  z.strictObject({
    kind: z.literal('step'),
    value: z.number().positive().max(10),
    /** The rate is multiplied by this … */
    factor: z.number().positive().max(1).default(0.3),
    /** … each time this fraction of the planned run has passed. */
    every: z.number().min(0.01).max(1).default(0.3),
  }),
  z.strictObject({
    kind: z.literal('one-cycle'),
    /** The highest rate. */
    value: z.number().positive().max(10),
    /** The fraction of the planned run in which the rate rises. */
    warmUp: z.number().min(0).max(0.9).default(0.3),
  }),
])

const optimizerSchema = z.strictObject({
  kind: z.enum(['adam', 'sgd']).default('adam'),
  rate: rateSchema.prefault({ kind: 'one-cycle', value: 4e-3 }),
  /** Momentum of SGD, or β₁ of Adam. */
  momentum: z.number().min(0).max(0.999).default(0.9),
  weightDecay: z.number().min(0).max(0.1).default(0),
  /** The largest norm of the whole gradient, a longer one is shortened to it; null leaves it as it is. */
  clip: z.number().positive().max(1000).nullable().default(1),
  batchSize: z.number().int().min(2).max(MOST_BATCH).default(64),
})

/** How batches are drawn. */
const samplingSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('shuffle') }),
  /** The same number of images of each of a few classes, for terms that need pairs. */
  z
    .strictObject({
      kind: z.literal('pk'),
      classes: z.number().int().min(2).max(64).default(8),
      perClass: z.number().int().min(2).max(64).default(8),
    })
    .refine(
      ({ classes, perClass }) => classes * perClass <= MOST_BATCH,
      `a batch may have at most ${MOST_BATCH} images`,
    ),
])

export const experimentSchema = z
  .strictObject({
    version: z.literal(1).default(1),
    seed: z.number().int().min(0).max(MOST_SEED).default(1),
    data: z
      .strictObject({
        set: idOf(DATASETS, OWN).default(DEFAULT_DATASET),
        /** Where `set` is "own", which file that is. */
        file: ownFileSchema.optional(),
        /** Moves each training image by up to one pixel in each direction, anew each time it is seen. */
        shifts: z.boolean().default(true),
        sampling: samplingSchema.prefault({ kind: 'shuffle' }),
        ...selectionShape,
      })
      .refine(({ set, file }) => (set === OWN) === (file !== undefined), {
        path: ['file'],
        message: `must say which file it is where data.set is "${OWN}", and only there`,
      })
      .prefault({}),
    network: z
      .strictObject({
        kind: idOf(NETWORKS).default(DEFAULT_NETWORK),
        /** d, the number of features. */
        dimension: z.number().int().min(2).max(128).default(2),
        /** A ReLU on the features folds them into one orthant; networks for embeddings have none. */
        featureActivation: z.enum(['none', 'relu']).default('none'),
      })
      .prefault({}),
    head: headSchema.prefault({}),
    /** Terms added to the loss of the head. */
    terms: termsSchema,
    curriculum: curriculumSchema.prefault({}),
    optimizer: optimizerSchema.prefault({}),
    /** The planned length of the run, which rates and curriculum refer to. */
    epochs: z.number().int().min(1).max(1000).default(20),
  })
  .describe('A configuration of Loss Geometry Lab')

/**
 * Everything that determines a run. It is what a link carries, what a preset sets, what a checkpoint
 * records, and what the headless command reads.
 */
export type Experiment = z.output<typeof experimentSchema>
export type Rate = Experiment['optimizer']['rate']

/** Whether one experiment can go on where the other is: their variables are the same, and mean the same. */
export function sameVariables(a: Experiment, b: Experiment): boolean {
  const identity = ({ network, seed, data, head }: Experiment): string =>
    JSON.stringify([network, seed, data.set, data.file?.hash, data.classes, data.unseen, head.subCenters])
  return identity(a) === identity(b)
}

/** A configuration that is not valid; the message names each wrong field. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/**
 * Checks a configuration, of this version or an earlier one.
 * @throws {ConfigError} naming the fields that are missing, unknown or out of range
 */
export function parseExperiment(value: unknown): Experiment {
  const result = experimentSchema.safeParse(withPresentNames(value))
  if (result.success) return result.data
  throw configError(result.error)
}

/** What a check has found, field by field. */
export function configError({ issues }: z.ZodError): ConfigError {
  return new ConfigError(issues.map(describeIssue).join('; '))
}

function describeIssue({ path, message }: z.core.$ZodIssue): string {
  return path.length === 0 ? message : `${path.join('.')}: ${message}`
}
