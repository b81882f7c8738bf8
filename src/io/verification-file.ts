import { z } from 'zod'
import { KEPT_RATES } from '../geometry/roc'
import { spreadSchema } from './table-file'

/** A file of verification results that can't be used; the message says why in one sentence. */
export class VerificationFileError extends Error {
  override readonly name = 'VerificationFileError'
}

/** From 0 to 1. */
const shareSchema = z.number().min(0).max(1)

/** One loss: medians and ranges over the seeds. Shares are from 0 to 1. */
const rowSchema = z.strictObject({
  preset: z.string(),
  steps: z.number().int().min(1),
  /** Over ten folds, and the standard error between them. */
  accuracy: spreadSchema,
  standardError: shareSchema,
  equalErrorRate: spreadSchema,
  /** True accept rates at false accept rates. */
  rates: z.array(z.strictObject({ far: shareSchema, tar: spreadSchema })).min(1),
  /** Of the classes that were trained on, on held-out images. */
  testAccuracy: spreadSchema,
  /** Median true accept rates at KEPT_RATES. */
  curve: z.array(shareSchema).length(KEPT_RATES.length),
  /** Accuracy in percent on faces, as table 1 of the paper has it, and for what if not quite for this loss. */
  paper: z.strictObject({ lfw: z.number(), ytf: z.number(), note: z.string().optional() }).nullable(),
})

const fileSchema = z.strictObject({
  version: z.literal(1),
  seeds: z.array(z.number().int()).min(1),
  /** Where it was trained. */
  machine: z.string(),
  /** Number of features. */
  dimension: z.number().int().min(2),
  /** Identities that were not trained on, and pairs of each kind. */
  identities: z.number().int().min(2),
  pairs: z.number().int().min(1),
  rows: z.array(rowSchema).min(1),
})

export type VerifiedRow = z.output<typeof rowSchema>
export type VerificationFile = z.output<typeof fileSchema>

/** @throws {VerificationFileError} when the text is not such a file. */
export function decodeVerification(text: string): VerificationFile {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new VerificationFileError('the results are not JSON', { cause })
  }
  const result = fileSchema.safeParse(value)
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw new VerificationFileError(
    `the results are damaged at ${issue!.path.join('.') || 'their top'}: ${issue!.message}`,
  )
}
