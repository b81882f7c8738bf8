import { PRESETS } from '../losses/presets'
import { parseExperiment, type Experiment } from './config'

/**
 * `base` with the head, curriculum and rate of a preset; data, network, seed and the rest stay.
 * @throws {RangeError} when there is no preset of that name.
 */
export function withPreset(base: Experiment, id: string): Experiment {
  const preset = PRESETS.get(id)
  if (!preset) throw new RangeError(`there is no loss "${id}"`)
  const { head, curriculum = {}, rate } = preset.settings(base.network.dimension)
  const optimizer = { ...base.optimizer, kind: 'adam', rate: { kind: 'one-cycle', value: rate } }
  return parseExperiment({ ...base, head, curriculum, optimizer })
}

/** A preset as it ships: what `cli/configs` holds and the table is trained with. */
export function presetExperiment(id: string, dimension: number): Experiment {
  return withPreset(parseExperiment({ network: { dimension } }), id)
}
