import { PRESETS } from '../losses/preset-registry'
import { parseExperiment, type Experiment } from './config'

/** The highest rate of the one-cycle schedule with which Adam trains all named losses well. */
const PRESET_RATE = 4e-3

/**
 * `base` with the head, curriculum, terms, sampling and rate of a preset; data, network, seed and the rest stay.
 * @throws {RangeError} when there is no preset of that name.
 */
export function withPreset(base: Experiment, id: string): Experiment {
  const { head, curriculum = {}, terms = [], balance } = PRESETS.get(id).settings(base.network.dimension)
  const optimizer = { ...base.optimizer, kind: 'adam', rate: { kind: 'one-cycle', value: PRESET_RATE } }
  const sampling = balance ? { kind: 'pk', ...balance } : { kind: 'shuffle' }
  const data = { ...base.data, sampling }
  return parseExperiment({ ...base, data, head, curriculum, terms, optimizer })
}

/** A preset as it ships: what `cli/configs` holds and the table is trained with. */
export function presetExperiment(id: string, dimension: number): Experiment {
  return withPreset(parseExperiment({ network: { dimension } }), id)
}
