import { z } from 'zod'
import { KEPT_RATES } from '../src/geometry/roc'

/** What is left of a finished run. Shares are from 0 to 1. */
export const verificationOutcomeSchema = z.strictObject({
  preset: z.string(),
  seed: z.number().int(),
  steps: z.number().int(),
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
  processorSeconds: z.number(),
  machine: z.string(),
})

export type VerificationOutcome = z.output<typeof verificationOutcomeSchema>
