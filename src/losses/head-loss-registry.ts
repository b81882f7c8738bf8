import { Registry } from '../geometry/registry'
import type { HeadLoss, LossSetting } from './head-loss'

/** The loss of a head whose margin function was made for none in particular. */
export const DEFAULT_LOSS = 'softmax'

/** What heads can make of their logits: every loss of `heads/`. */
export const HEAD_LOSSES = new Registry(
  'loss of a head',
  import.meta.glob<HeadLoss>('./heads/*.ts', { eager: true, import: 'loss' }),
)

/** Whether the class vectors of a head stay where they are. */
export function weightsStay({ loss }: { readonly loss: Pick<LossSetting, 'kind'> }): boolean {
  return HEAD_LOSSES.get(loss.kind).fixedWeights === true
}
