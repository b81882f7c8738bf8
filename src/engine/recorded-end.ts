import { PARAMETER_ROW, type Recording } from '../io/recording-file'
import { statesByKind } from '../losses/term-states'
import { stepsPerEpoch } from './batches'
import type { Experiment } from './config'
import type { Checkpoint } from './checkpoint'

/**
 * Where training goes on after a recording of an experiment. Of the optimizer's moments there are the second alone, as
 * means.
 */
export function recordedEnd({ terms }: Experiment, recording: Recording): Checkpoint {
  const { parameters, moments, losses, batch, data, keyframes, dimension } = recording
  const perEpoch = stepsPerEpoch(data.train, batch)
  const step = losses.length
  const all = new Float32Array(2 * parameters.length)
  moments.forEach((root, k) => {
    const first = parameters.length + k * PARAMETER_ROW
    all.fill(root ** 2, first, first + PARAMETER_ROW)
  })
  return {
    step,
    epoch: Math.floor(step / perEpoch),
    position: (step % perEpoch) * batch,
    parameters,
    moments: all,
    termStates: statesByKind(terms, keyframes.at(-1)!.termStates, {
      classes: data.classes.length,
      dimension,
    }),
  }
}
