import { FIRST_RECORDING, type RecordingSpec } from '../engine/recordings'
import { LABS, recordingOf } from './registry'

/** Every recorded run of the site. `npm run record` makes their files. */
export const RECORDINGS: readonly RecordingSpec[] = [
  FIRST_RECORDING,
  ...LABS.map(recordingOf).filter((spec) => spec !== null),
]
