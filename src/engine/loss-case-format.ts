import { z } from 'zod'

const matrix = z
  .array(z.array(z.number()).min(1))
  .min(1)
  .refine((rows) => rows.every((row) => row.length === rows[0]!.length), 'all rows must have the same length')

/** A loss to evaluate: inputs in the format of tests/golden/losses.json. */
export const lossCaseSchema = z.object({
  id: z.string(),
  loss: z.string(),
  params: z.record(z.string(), z.unknown()).default({}),
  x: matrix,
  W: matrix.nullish(),
  b: z.array(z.number()).nullish(),
  y: z.array(z.number().int().min(0)),
  /** Centres of center loss, one row a class. */
  centers: matrix.optional(),
  classCounts: z.array(z.number().int().positive()).nullish(),
  margins: z.array(z.number()).nullish(),
})
export type LossCase = z.output<typeof lossCaseSchema>

/** The value of a loss and its gradients with respect to the raw inputs. */
export interface LossResult {
  readonly loss: number
  readonly dx: number[][]
  readonly dW?: number[][]
  readonly db?: number[]
  /** What the loss carries from step to step, after this batch. */
  readonly state?: Readonly<Record<string, number | number[] | number[][]>>
  /** Range loss: its terms, before their weights. */
  readonly parts?: Readonly<Record<string, number>>
  readonly dmargins?: number[]
  /** Of the one bias that all logits of a one-vs-all loss share. */
  readonly dbias?: number[]
}

/** A case that can't be evaluated; the message says why. */
export class LossCaseError extends Error {
  override readonly name = 'LossCaseError'
}

/** Rows of `width` numbers. */
export function rows(values: number[], width: number): number[][] {
  return Array.from({ length: values.length / width }, (_, i) => values.slice(i * width, (i + 1) * width))
}
