import { decodeRecording, replaceHeader } from '../io/recording-file'
import { stepsPerEpoch } from './batches'
import { parseExperiment } from './config'
import { recordedHead } from './recorded-head'

/**
 * The file of a recording with its experiment in today's words and with what of the head it is drawn with; all else
 * stays, byte for byte.
 * @throws {RecordingFileError} when it is not such a file
 * @throws {ConfigError} when its experiment can not be read
 */
export async function repackRecording(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const { experiment: written, data, batch, keyframes } = await decodeRecording(bytes)
  const experiment = parseExperiment(written)
  const steps = keyframes.map(({ step }) => step)
  const head = recordedHead(experiment, steps, stepsPerEpoch(data.train, batch))
  return replaceHeader(bytes, { experiment, head })
}
