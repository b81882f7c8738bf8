import { blame } from './blame'
import { lossNamed, lossNames } from './catalog'
import { resultOf, runsOf } from './case-result'
import { runOnHost } from './host-run'
import type { LossCase, LossInfo, LossResult } from './loss-types'
import { prepareCase } from './prepare-case'

export { LossCaseError } from './loss-types'
export type { LossCase, LossInfo, LossParameter, LossResult } from './loss-types'

/** Every loss that `evaluateLoss` knows: named losses, and the terms that are added to them. */
export const losses: readonly LossInfo[] = lossNames().map((id) => lossNamed(id)!.info)

/**
 * The value of a loss and its gradients, in float64. A term on features stands alone; one on class weights is added
 * to softmax.
 * @throws {LossCaseError} naming the field that is wrong, or that makes the loss or a gradient something not finite
 */
export function evaluateLoss(lossCase: LossCase): LossResult {
  const result = evaluate(lossCase)
  const wrong = notFinite(result)
  if (wrong === null) return result
  throw blame(lossCase, wrong, (other) => notFinite(evaluate(other)) === null)
}

function evaluate(lossCase: LossCase): LossResult {
  const prepared = prepareCase(lossCase)
  return resultOf(prepared, runsOf(prepared).map(runOnHost))
}

/** The first part of a result that is not finite, by its name; null where there is none. */
function notFinite(result: LossResult): string | null {
  const finite = (value: unknown): boolean =>
    typeof value === 'number' ? Number.isFinite(value) : Object.values(value as object).every(finite)
  return Object.entries(result).find(([, value]) => !finite(value))?.[0] ?? null
}
