import type { Experiment } from '../engine/config'
import { openExperiment, play, reset, setExperiment } from './actions'
import { useSession } from './store'

/** Begins an experiment from its start and plays it. Runs side by side stay so, and begin together. */
export function beginAnew(next: Experiment): void {
  if (useSession.getState().runs.length === 1) openExperiment(next)
  else {
    setExperiment(next)
    reset()
  }
  play()
}
