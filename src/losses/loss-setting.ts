import type { LossSetting } from './head-loss'
import { DEFAULT_LOSS, HEAD_LOSSES } from './head-loss-registry'
import { MARGINS } from './margin-registry'

/** The head's loss that a margin function was made for; there need not be such a margin function. */
export function lossMadeFor(margin: unknown): string {
  return (typeof margin === 'string' ? MARGINS.find(margin)?.loss : undefined) ?? DEFAULT_LOSS
}

/** A loss of this kind with its defaults. */
export function defaultLoss(kind: string): LossSetting {
  return {
    kind,
    parameters: Object.fromEntries(HEAD_LOSSES.get(kind).parameters.map((spec) => [spec.id, spec.default])),
  }
}
