import { evaluateLoss, LossCaseError, type LossCase } from '../../src/library/losses'
import { UsageError } from '../arguments'
import { readJsonFile } from '../json-file'

/**
 * Evaluates the losses of a file in the format of tests/golden/losses.json, and prints a list of results.
 * @throws {UsageError} without a readable file
 */
export async function lossCommand([file, ...more]: readonly string[]): Promise<void> {
  if (file === undefined || more.length > 0)
    throw new UsageError('which file? One is needed, with a case or a list of cases in JSON')
  const parsed = await readJsonFile(file)
  const cases: unknown[] = Array.isArray(parsed) ? parsed : [parsed]
  process.stdout.write(`${JSON.stringify(cases.map(evaluate))}\n`)
}

/** The result of a case, or what is wrong with it and where. */
function evaluate(value: unknown): object {
  const id = (value as { id?: unknown } | null)?.id ?? null
  try {
    return { id, ...evaluateLoss(value as LossCase) }
  } catch (error) {
    if (error instanceof LossCaseError) return { id, error: error.message, field: error.field }
    throw error
  }
}
