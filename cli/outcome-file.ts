import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { z } from 'zod'

/** What a finished run left in `file`, or null where there is nothing yet or what is there is of no use. */
export async function readOutcomeFile<T>(file: string, schema: z.ZodType<T>): Promise<T | null> {
  try {
    return schema.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch {
    return null
  }
}

/** Writes all of it or nothing: whoever is stopped meanwhile leaves no half file behind. */
export async function writeOutcomeFile(file: string, outcome: unknown): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  const draft = `${file}.${process.pid}.draft`
  await writeFile(draft, `${JSON.stringify(outcome)}\n`)
  await rename(draft, file)
}
