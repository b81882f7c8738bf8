import type { Floats } from '../../../geometry/floats'
import { LEAST_TRAINED_NORM, rowNorm } from '../../../geometry/rows'
import { headStates, marginWaits, nextLossStates } from '../../../losses/head-states'
import { BATCH_SYMBOLS } from '../../../losses/margin-function'
import { PLAN_WIDTH, type HeadAttributes } from '../names'
import { answering, marginSlots } from './head-slots'

/** Norms are clipped to these before their mean and deviation are taken (AdaFace, Kim et al. 2022). */
export const LEAST_COUNTED_NORM = 1e-3
export const LARGEST_COUNTED_NORM = 100

/** Brings what the head carries from step to step up to date with a batch. */
export function headState(features: Floats, parameters: Floats, plan: Int32Array, a: HeadAttributes): void {
  const { batch, classes: n, dimension: d } = a
  const states = headStates(a.head)
  if (states.all.length === 0) return
  const { margin, slots, slot, scale } = marginSlots(parameters, a)
  const asked = answering(parameters, a, scale)
  const norms = new Float64Array(batch)
  const angles = new Float64Array(batch)
  let meanCosine = 0
  let meanOthers = 0
  let meanNorm = 0
  for (let i = 0; i < batch; i++) {
    const y = plan[PLAN_WIDTH * (a.first + i) + 3]!
    const xNorm = rowNorm(features, i * d, d, LEAST_TRAINED_NORM)
    norms[i] = Math.min(LARGEST_COUNTED_NORM, Math.max(LEAST_COUNTED_NORM, xNorm))
    meanNorm += norms[i]! / batch
    asked.read(features, i * d, xNorm)
    for (let j = 0; j < n; j++) {
      const cosine = asked.cosines[j]!
      if (j !== y) meanOthers += Math.exp(scale * cosine) / batch
      else {
        meanCosine += cosine / batch
        angles[i] = Math.acos(cosine)
      }
    }
  }
  const squares = norms.reduce((sum, x) => sum + (x - meanNorm) ** 2, 0)
  const told = {
    meanNorm,
    deviationNorm: Math.sqrt(squares / Math.max(1, batch - 1)),
    meanCosine,
    medianAngle: angles.sort()[(batch - 1) >> 1]!,
    meanOthers,
    classes: n,
  }
  for (const name of BATCH_SYMBOLS) slots[slot[name]] = told[name]
  const next = margin.states.map((evaluate) => evaluate(slots))
  const lossAt = a.states + states.margin.length
  const before = Array.from(states.loss, (_, i) => parameters[lossAt + i]!)
  if (!marginWaits(a.head)) parameters.set(next, a.states)
  parameters.set(nextLossStates(a.head, before, told), lossAt)
}
