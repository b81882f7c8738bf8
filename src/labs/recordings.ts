import { FIRST_RECORDING, type RecordingSpec } from '../engine/recordings'
import { LABS, recordedSetsOf } from './registry'

/** Every recorded run of the site. `npm run record` makes their files. */
export const RECORDINGS: readonly RecordingSpec[] = [
  ...FIRST_RECORDING.specs,
  ...LABS.all.flatMap(recordedSetsOf).flatMap(({ specs }) => specs),
]
