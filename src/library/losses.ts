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
 * @throws {LossCaseError} naming the field that is wrong
 */
export function evaluateLoss(lossCase: LossCase): LossResult {
  const prepared = prepareCase(lossCase)
  return resultOf(prepared, runsOf(prepared).map(runOnHost))
}
