import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'
import { pictureSchema } from '../src/io/table-file'

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
export async function readOutcome(file: string): Promise<Outcome | null> {
  try {
    return outcomeSchema.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch {
    return null
  }
}

/** Writes all of it or nothing: whoever is stopped meanwhile leaves no half file behind. */
export async function writeOutcome(file: string, outcome: Outcome): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  const draft = `${file}.${process.pid}.draft`
  await writeFile(draft, `${JSON.stringify(outcome)}\n`)
  await rename(draft, file)
}
