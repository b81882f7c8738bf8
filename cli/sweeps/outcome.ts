import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'

/** What is left of a finished run; `M` is what a sweep measures. */
export interface Outcome<M> {
  /** What the run is called. */
  readonly run: string
  readonly steps: number
  /** Spent on steps, so that other work on the machine counts little. */
  readonly processorSeconds: number
  /** The processor that it was trained on. */
  readonly machine: string
  readonly measures: M
}

/** The outcome in `file`, or null where there is none yet or what is there is of no use. */
export async function readOutcome<M>(file: string, measures: z.ZodType<M>): Promise<Outcome<M> | null> {
  const schema = z.strictObject({
    run: z.string(),
    steps: z.number().int(),
    processorSeconds: z.number(),
    machine: z.string(),
    measures,
  })
  try {
    return schema.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch {
    return null
  }
}

/** Writes all of it or nothing: whoever is stopped meanwhile leaves no half file behind. */
export async function writeOutcome<M>(file: string, outcome: Outcome<M>): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  const draft = `${file}.${process.pid}.draft`
  await writeFile(draft, `${JSON.stringify(outcome)}\n`)
  await rename(draft, file)
}
