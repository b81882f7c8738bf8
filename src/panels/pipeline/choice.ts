import { create } from 'zustand'
import type { SessionStore } from '../../session/store'
import type { PairKind } from './choose-pair'

/** Which pictures pass through the pipeline. */
export interface Choice {
  /** The place on the stage of the picture on the training side. */
  readonly point: number
  readonly kind: PairKind
  /** The place of the pair among those of its kind. */
  readonly pair: number
}

export const useChoice = create<Choice>(() => ({ point: 0, kind: 'same', pair: 0 }))

/** Takes each point that is pinned on the stage. @returns how to stop that */
export function followPinned(store: SessionStore): () => void {
  return store.subscribe(({ pinned }, before) => {
    if (pinned !== null && pinned !== before.pinned) useChoice.setState({ point: pinned })
  })
}
