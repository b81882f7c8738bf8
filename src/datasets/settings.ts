import { z } from 'zod'

const ratioSchema = z.number().min(1).max(500)

/** A class or identity, by its place in the data set's list. Labels are bytes, so there are at most 256. */
const classIndex = z.number().int().min(0).max(255)

function classList(least: number) {
  return z
    .array(classIndex)
    .min(least)
    .max(256)
    .refine((list) => new Set(list).size === list.length, 'a class may come only once')
}

/** How many training images the classes have, largest class first; see `classSizes`. */
const imbalanceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('uniform') }),
  z.strictObject({ kind: z.literal('exponential'), ratio: ratioSchema }),
  z.strictObject({
    kind: z.literal('step'),
    ratio: ratioSchema,
    /** The fraction of the classes that are large. */
    head: z.number().min(0).max(1).default(0.5),
  }),
])

/** What an image suffers, in this order; each at its default does nothing. */
export const corruptionSchema = z.strictObject({
  /** Side of a grey square at a random place, as a fraction of the image's shorter side. */
  occlusion: z.number().min(0).max(1).default(0),
  /** Deviation of a Gaussian, in pixels. */
  blur: z.number().min(0).max(8).default(0),
  /** Blocks of so many pixels in each direction take their mean. */
  downsample: z.number().int().min(1).max(14).default(1),
  /** What is left of the differences from the mean. */
  contrast: z.number().min(0).max(1).default(1),
  /** Deviation of normal noise, where 1 is from paper to ink. */
  noise: z.number().min(0).max(1).default(0),
})

const trainingCorruptionSchema = z.strictObject({
  ...corruptionSchema.shape,
  /** The fraction of the training images that it is done to. */
  share: z.number().min(0).max(1).default(1),
})

/**
 * Which images a run gets out of a data set. All of it is optional, and absent it is the data set as it comes:
 * a configuration that does not use it is the same JSON as before there was any of it.
 */
export const selectionShape = {
  /** The classes to train on, in this order; absent, all that are not in `unseen`. */
  classes: classList(2).optional(),
  /** Identities that are only verified, never trained on; absent, those that the data set keeps for it. */
  unseen: classList(0).optional(),
  imbalance: imbalanceSchema.optional(),
  /** The fraction of the training images that get the label of another class. */
  labelNoise: z.number().min(0).max(1).optional(),
  corruption: trainingCorruptionSchema.optional(),
}

export type DataSelection = z.output<z.ZodObject<typeof selectionShape>>
export type Imbalance = z.output<typeof imbalanceSchema>
export type Corruption = z.output<typeof corruptionSchema>
export type TrainingCorruption = z.output<typeof trainingCorruptionSchema>
