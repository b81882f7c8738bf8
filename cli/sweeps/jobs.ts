import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { SweepRun } from './sweep'

/** How runs are trained, each in a process of its own. */
export interface Jobs<R extends SweepRun> {
  /** The file that a run leaves. */
  readonly fileOf: (run: R) => string
  /** Of Node, for its process. */
  readonly argumentsOf: (run: R) => readonly string[]
  /** What to say of a run that has left its file, null of one that has not. */
  readonly resultOf: (run: R) => Promise<string | null>
}

/** Trains what is not there yet, `atOnce` at a time: a process that dies loses one run. */
export async function trainMissing<R extends SweepRun>(
  runs: readonly R[],
  jobs: Jobs<R>,
  atOnce: number,
): Promise<void> {
  // Two runs of the same configuration share a file, and are trained once.
  const files = new Set<string>()
  const waiting: R[] = []
  for (const run of runs) {
    const file = jobs.fileOf(run)
    if (!files.has(file) && (await jobs.resultOf(run)) === null) waiting.push(run)
    files.add(file)
  }
  const total = waiting.length
  console.log(`${files.size} runs, ${files.size - total} of them there already`)
  const failures: string[] = []
  const work = async (): Promise<void> => {
    for (let run = waiting.shift(); run; run = waiting.shift()) {
      const failure = await trainOne(jobs.argumentsOf(run))
      const result = await jobs.resultOf(run)
      if (result !== null) console.log(`${run.name}: ${result}`)
      else failures.push(`${run.name}: ${failure ?? 'it left no file'}`)
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, total) }, work))
  if (failures.length > 0) {
    throw new Error(`${failures.length} of ${total} runs failed: ${failures.join('; ')}`)
  }
}

/** @returns why it failed, or null */
async function trainOne(args: readonly string[]): Promise<string | null> {
  try {
    await promisify(execFile)(process.execPath, args)
    return null
  } catch (error) {
    const { stderr = '', signal } = error as { stderr?: string; signal?: string | null }
    if (signal) return `ended by ${signal}`
    return stderr.trim() === '' ? String(error) : stderr.trim()
  }
}
