import { parseArgs, type ParseArgsConfig } from 'node:util'
import { reasonOf } from '../src/io/reason'

/** A mistake of the caller: printed as one line, exit status 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** Runs a command line; whatever goes wrong ends it with one clear line. */
export async function main(command: () => Promise<void>): Promise<void> {
  try {
    await command()
  } catch (error) {
    const message = reasonOf(error)
    const line = message.replaceAll(/\s*\n\s*/g, ' ')
    process.stderr.write(`${line}\n`)
    process.exitCode = error instanceof UsageError ? 2 : 1
  }
}

/** @throws {UsageError} unless `text` is a whole number from `least` to `most`. */
export function wholeNumber(
  flag: string,
  text: string,
  least: number,
  most = Number.MAX_SAFE_INTEGER,
): number {
  const value = Number(text)
  if (/^\d+$/.test(text) && value >= least && value <= most) return value
  const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`
  throw new UsageError(`--${flag}: "${text}" is not a whole number ${range}`)
}

/** The flags of the command line. @throws {UsageError} naming one that is unknown or lacks its value. */
export function readFlags<T extends NonNullable<ParseArgsConfig['options']>>(
  options: T,
  args: string[] = process.argv.slice(2),
): ReturnType<typeof parseArgs<{ options: T; args: string[] }>>['values'] {
  try {
    return parseArgs<{ options: T; args: string[] }>({ options, args }).values
  } catch (error) {
    throw new UsageError(reasonOf(error))
  }
}
