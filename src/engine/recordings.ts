import { FIRST_PRESET } from '../losses/preset-registry'
import { FIRST_RECORDING_ID } from './first-recording'
import { presetExperiment } from './preset-experiment'
import type { Experiment } from './config'

/** A run that is trained beforehand and shown from its file, `public/recordings/ID.bin`. */
export interface RecordingSpec {
  readonly id: string
  readonly experiment: Experiment
  /** Of how many runs side by side it is one: the more, the less of each is recorded. */
  readonly among: number
}

/** A recorded run, or several that are shown side by side. */
export interface RecordedSet {
  /** What is to be seen, in a few words. */
  readonly name: string
  readonly specs: readonly [RecordingSpec, ...RecordingSpec[]]
}

/** @param id of the first file; those of the others end in -b, -c and -d, as their runs are lettered */
export function recordedSet(
  id: string,
  name: string,
  experiments: readonly [Experiment, ...Experiment[]],
): RecordedSet {
  const among = experiments.length
  const [first, ...others] = experiments
  return {
    name,
    specs: [
      { id, experiment: first, among },
      ...others.map((experiment, k) => ({ id: `${id}-${'bcd'[k]!}`, experiment, among })),
    ],
  }
}

/** What the site starts with. */
export const FIRST_RECORDING = recordedSet(FIRST_RECORDING_ID, 'ArcFace, 2 features', [
  presetExperiment(FIRST_PRESET, 2),
])
