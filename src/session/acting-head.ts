import type { Experiment } from '../engine/config'
import { activeHead } from '../engine/schedule'
import type { ActiveHead } from '../losses/head'
import type { RunView } from './run-view'

interface Known {
  readonly experiment: Experiment
  readonly progress: number
  readonly step: number
  readonly head: ActiveHead
}

const known = new WeakMap<RunView, Known>()

/**
 * The head of a view's run as it acts at the frame that is shown, the user's last change included. The same object as
 * before where nothing has changed, as stage and all panels ask for it at each frame.
 */
export function actingHead(experiment: Experiment, view: RunView): ActiveHead {
  const { frame } = view
  const progress = frame?.progress ?? 0
  const step = frame?.step ?? 0
  const last = known.get(view)
  if (last?.experiment === experiment && last.progress === progress && last.step === step) return last.head
  const head = activeHead(experiment, progress, step)
  known.set(view, { experiment, progress, step, head })
  return head
}
