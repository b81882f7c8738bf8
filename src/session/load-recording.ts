import type { RecordingSpec } from '../engine/recordings'
import { decodeRecording, RecordingFileError, type Recording } from '../io/recording-file'

/**
 * A recorded run that is served beside the page.
 * @throws {RecordingFileError} when it does not come or is damaged.
 */
export async function loadRecording({ id }: RecordingSpec): Promise<Recording> {
  const url = new URL(`${import.meta.env.BASE_URL}recordings/${id}.bin`, document.baseURI)
  const response = await fetch(url).catch((cause: unknown) => {
    throw new RecordingFileError('the file can not be reached', { cause })
  })
  if (!response.ok) throw new RecordingFileError(`the file is missing (${response.status})`)
  return decodeRecording(new Uint8Array(await response.arrayBuffer()))
}
