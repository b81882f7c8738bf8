import { runSweep } from '../sweeps/sweep'
import { tableSweep } from '../table/sweep'

/**
 * Trains named losses side by side, and writes tables into the current folder.
 * @throws {UsageError} naming the flag that is wrong
 */
export function tableCommand(args: readonly string[]): Promise<void> {
  return runSweep(tableSweep, args, { root: process.cwd(), self: [process.argv[1]!, 'table'] })
}
