import { sameVariables, type Experiment } from './config'
import type { Checkpoint } from './checkpoint'

/** What is to train, from when it was asked for until it does. */
export interface RunRequest {
  readonly experiment: Experiment
  /** What a new run goes on from. */
  readonly resumed: Checkpoint | null
  /** A new run is wanted, also where the present one could take the experiment as a change. */
  readonly anew: boolean
  /** What the user changed, in words. */
  readonly changes: readonly string[]
  /** Play was asked for since: a new run plays at once. */
  plays: boolean
}

export function newRequest(experiment: Experiment, resumed: Checkpoint | null): RunRequest {
  return { experiment, resumed, anew: true, changes: [], plays: false }
}

/** What is to train after one more change; `pending` is what was asked for before and does not train yet. */
export function changedRequest(
  pending: RunRequest | null,
  experiment: Experiment,
  change: string,
): RunRequest {
  return {
    experiment,
    resumed: pending && sameVariables(pending.experiment, experiment) ? pending.resumed : null,
    anew: pending?.anew ?? false,
    changes: [...(pending?.changes ?? []), change],
    plays: false,
  }
}
