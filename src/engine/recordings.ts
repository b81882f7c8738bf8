import { FIRST_RECORDING_ID } from './first-recording'
import { presetExperiment } from './presets'
import type { Experiment } from './config'

/** A run that is trained beforehand and shown from its file, `public/recordings/ID.bin`. */
export interface RecordingSpec {
  readonly id: string
  /** What is to be seen, in a few words. */
  readonly name: string
  readonly experiment: Experiment
}

/** What the site starts with. */
export const FIRST_RECORDING: RecordingSpec = {
  id: FIRST_RECORDING_ID,
  name: 'ArcFace, 2 features',
  experiment: presetExperiment('arcface', 2),
}
