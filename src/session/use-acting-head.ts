import { useEffect, useState } from 'react'
import type { ActiveHead } from '../losses/head'
import { headStates, sameStates } from '../losses/head-states'
import { follow } from '../render/throttle'
import { actingHead } from './acting-head'
import { useLabSession, useSession } from './context'
import type { RunView } from './run-view'
import { activeExperiment } from './state'

/** Numbers in text change at most this often while training, in milliseconds. */
const TEXT_MS = 250

/** What the head carries from step to step, as the last frame has it. */
export function carriedSymbols(head: ActiveHead, { frame }: Pick<RunView, 'frame'>): Record<string, number> {
  // A frame of another margin function or loss has states of another meaning.
  if (!frame || !sameStates(frame.head, head)) return {}
  return Object.fromEntries(headStates(head).all.map(({ id }, i) => [id, frame.carried.states[i]!]))
}

/**
 * `actingHead` of the active run for text, its symbols with what is carried from step to step: follows the experiment
 * at once, and training a few times a second.
 */
export function useActingHead(): ActiveHead {
  const session = useLabSession()
  const experiment = useSession(activeExperiment)
  const [, setTick] = useState('')
  useEffect(() => {
    const read = (): void => {
      const { view } = session.runs
      const head = actingHead(session.experiment, view)
      setTick(JSON.stringify([head.normalizeFeatures, head.scale, head.symbols, carriedSymbols(head, view)]))
    }
    return follow(session.runs.subscribeView, read, TEXT_MS)
  }, [session])
  const { view } = session.runs
  const head = actingHead(experiment, view)
  return { ...head, symbols: { ...head.symbols, ...carriedSymbols(head, view) } }
}
