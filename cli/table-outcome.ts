import { z } from 'zod'
import { pictureSchema } from '../src/io/table-file'
import { readOutcomeFile } from './outcome-file'

/** The measures of a run that the table shows, in the order of its columns. */
export const MEASURES = ['testAccuracy', 'smallestAngle', 'targetAngle', 'intraToInter', 'msPerStep'] as const

const outcomeSchema = z.strictObject({
  preset: z.string(),
  dimension: z.number().int(),
  seed: z.number().int(),
  steps: z.number().int(),
  testAccuracy: z.number(),
  smallestAngle: z.number(),
  targetAngle: z.number(),
  intraToInter: z.number(),
  /** Of processor time, so that other work on the machine counts little. */
  msPerStep: z.number(),
  /** The processor that it was trained on. */
  machine: z.string(),
  /** In 2-D. */
  picture: pictureSchema.nullable(),
})

/** What is left of a finished run; see FinalGeometry for what the numbers are. */
export type Outcome = z.output<typeof outcomeSchema>

/** The outcome in `file`, or null where there is none yet or what is there is of no use. */
export function readOutcome(file: string): Promise<Outcome | null> {
  return readOutcomeFile(file, outcomeSchema)
}
