import type { RecordingSpec } from '../engine/recordings'
import { decodeRecording, RecordingFileError, type Recording } from '../io/recording-file'
import { firstScreen, recordingUrl } from './first-screen'

/**
 * A recorded run that is served beside the page.
 * @throws {RecordingFileError} when it does not come or is damaged.
 */
export async function loadRecording({ id }: RecordingSpec): Promise<Recording> {
  const bytes = (await firstScreen.takeBytes(id)) ?? (await fetchBytes(id))
  return decodeRecording(bytes)
}

async function fetchBytes(id: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(recordingUrl(id)).catch((cause: unknown) => {
    throw new RecordingFileError('the file can not be reached', { cause })
  })
  if (!response.ok) throw new RecordingFileError(`the file is missing (${response.status})`)
  return new Uint8Array(await response.arrayBuffer())
}
