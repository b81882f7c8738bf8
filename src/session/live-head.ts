import { useEffect, useState } from 'react'
import { activeHead } from '../engine/schedule'
import type { ActiveHead } from '../losses/head'
import { MARGINS } from '../losses/margin-registry'
import { follow } from '../render/throttle'
import { runView, subscribeView } from './runs'
import { useSession } from './store'

/** Numbers in text change at most this often while training, in milliseconds. */
const TEXT_MS = 250

/** The head as it acts now: the experiment's, at the present place in its curriculum. */
export function currentHead(): ActiveHead {
  const { frame } = runView()
  return activeHead(useSession.getState().experiment, frame?.progress ?? 0, frame?.step ?? 0)
}

/** What the margin function carries from step to step, as the last frame has it. */
function carriedSymbols({ margin }: ActiveHead): Record<string, number> {
  const { frame } = runView()
  const { state = [] } = MARGINS.get(margin.kind)
  // A frame of another margin function has states of another meaning.
  if (frame?.head.margin.kind !== margin.kind) return {}
  return Object.fromEntries(state.map(({ id }, i) => [id, frame.carried.states[i]!]))
}

/**
 * `currentHead` for text, its symbols with what is carried from step to step: follows the experiment at once, and
 * training a few times a second.
 */
export function useCurrentHead(): ActiveHead {
  const experiment = useSession((state) => state.experiment)
  const [, setTick] = useState('')
  useEffect(() => {
    const read = (): void => {
      const head = currentHead()
      setTick(JSON.stringify([head.normalizeFeatures, head.scale, head.symbols, carriedSymbols(head)]))
    }
    return follow(subscribeView, read, TEXT_MS)
  }, [])
  const { frame } = runView()
  const head = activeHead(experiment, frame?.progress ?? 0, frame?.step ?? 0)
  return { ...head, symbols: { ...head.symbols, ...carriedSymbols(head) } }
}
