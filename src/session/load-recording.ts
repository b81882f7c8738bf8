import type { RecordingSpec } from '../engine/recordings'
import { decodeRecording, type Recording } from '../io/recording-file'
import { RecordingFileError } from '../io/recording-header'
import { recordingUrl } from './first-screen'

/**
 * A recorded run that is served beside the page.
 * @param early its bytes, where they have been asked for already
 * @throws {RecordingFileError} when it does not come or is damaged
 */
export async function loadRecording(
  { id }: RecordingSpec,
  early: Promise<Uint8Array<ArrayBuffer> | null>,
): Promise<Recording> {
  return decodeRecording((await early) ?? (await fetchBytes(id)))
}

async function fetchBytes(id: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(recordingUrl(id)).catch((cause: unknown) => {
    throw new RecordingFileError('the file can not be reached', { cause })
  })
  if (!response.ok) throw new RecordingFileError(`the file is missing (${response.status})`)
  return new Uint8Array(await response.arrayBuffer())
}
