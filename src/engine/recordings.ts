import { presetExperiment } from './presets'
import type { Experiment } from './config'

/** A run that is trained beforehand and shown from its file, `public/recordings/ID.bin`. */
export interface RecordingSpec {
  readonly id: string
  /** What is to be seen, in a few words. */
  readonly name: string
  readonly experiment: Experiment
}

/** `npm run record` makes their files. */
export const RECORDINGS: readonly RecordingSpec[] = [
  { id: 'arcface-2d', name: 'ArcFace, 2 features', experiment: presetExperiment('arcface', 2) },
  { id: 'softmax-2d', name: 'Softmax, 2 features', experiment: presetExperiment('softmax', 2) },
]

/** What the site starts with. */
export const FIRST_RECORDING = RECORDINGS[0]!
