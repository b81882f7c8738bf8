import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** How runs of a table are trained, each by a script in a process of its own. */
export interface Jobs<R> {
  readonly script: string
  readonly nameOf: (run: R) => string
  readonly flagsOf: (run: R) => Readonly<Record<string, string | number>>
  /** What to say of a run that has left its file, null of one that has not. */
  readonly resultOf: (run: R) => Promise<string | null>
}

/** Trains what is not there yet, `atOnce` at a time: a process that dies loses one run. */
export async function trainMissing<R>(runs: readonly R[], jobs: Jobs<R>, atOnce: number): Promise<void> {
  const waiting: R[] = []
  for (const run of runs) if ((await jobs.resultOf(run)) === null) waiting.push(run)
  const total = waiting.length
  console.log(`${runs.length} runs, ${runs.length - total} of them there already`)
  const failures: string[] = []
  const work = async (): Promise<void> => {
    for (let run = waiting.shift(); run; run = waiting.shift()) {
      const failure = await trainOne(jobs.script, jobs.flagsOf(run))
      const result = await jobs.resultOf(run)
      if (result !== null) console.log(`${jobs.nameOf(run)}: ${result}`)
      else failures.push(`${jobs.nameOf(run)}: ${failure ?? 'it left no file'}`)
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, total) }, work))
  if (failures.length > 0)
    throw new Error(`${failures.length} of ${total} runs failed: ${failures.join('; ')}`)
}

/** @returns why it failed, or null */
async function trainOne(
  script: string,
  flags: Readonly<Record<string, string | number>>,
): Promise<string | null> {
  const args = Object.entries(flags).flatMap(([flag, value]) => [`--${flag}`, String(value)])
  try {
    await promisify(execFile)(process.execPath, [join(ROOT, 'cli/run.mjs'), script, ...args])
    return null
  } catch (error) {
    const { stderr = '', signal } = error as { stderr?: string; signal?: string | null }
    if (signal) return `ended by ${signal}`
    return stderr.trim() === '' ? String(error) : stderr.trim()
  }
}
