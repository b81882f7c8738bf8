import { joinFile, openPackedFile, packFile } from './packed-file'
import { parseHeader, RecordingFileError, VERSION, type RecordingHeader } from './recording-header'
import { RowReader, RowWriter } from './recording-rows'

/**
 * The file of a recorded run: the bytes "LGR1", the length of a JSON header (uint32, little-endian), the header, then
 * one gzip, whose checksum finds damage. It holds, in this order:
 *
 * - a byte for each training and held-out image: its label;
 * - for each keyframe the rows features [points · d], weights [classes · K · d], bias [classes], learned margins
 *   [classes], carried states [states], and what terms carry [termStates] where there is any;
 * - the rows losses [steps] and accuracies [steps] of the training batches;
 * - all parameters at the end, in rows of `PARAMETER_ROW` (the last is shorter);
 * - a row with the root of the mean second moment of the optimizer for each of these rows;
 * - where there are more than three features, a row with the three axes [3 · d] along which they are shown.
 *
 * A row is a scale (float32, little-endian) and an integer for each number, number = scale · integer. Integers are
 * written as in recording-rows.ts. Points are the first held-out images. What follows from the step and the experiment
 * (the head as it acts, the rate, the epoch) is not stored, but for the numbers of the head that the first screen
 * draws with, as it knows nothing of experiments.
 */
const MAGIC = 0x3152474c

/** What a file may promise. All of it is checked before memory is taken. */
const MOST_BYTES = 4 * 2 ** 20
const MOST_INFLATED = 16 * 2 ** 20

/**
 * Features and parameters, which are many, have 12 bits: on a screen a fraction of a pixel, and no digit is read
 * otherwise.
 */
const LEVELS = 2047
/** Features that are drawn as sums of many: their roundings cancel out. */
const COARSE_LEVELS = 255
const FINE_LEVELS = 32767
export const PARAMETER_ROW = 256

/** A run at one of its steps. */
export interface Keyframe {
  readonly step: number
  /** [points · d] */
  readonly features: Float32Array
  /** [classes · K · d] */
  readonly weights: Float32Array
  /** [classes] */
  readonly bias: Float32Array
  /** Learned margins [classes]. */
  readonly classMargins: Float32Array
  /** What the head carries from step to step. */
  readonly states: Float32Array
  /** What terms carry, one after the other. */
  readonly termStates: Float32Array
}

/** A run as it was trained beforehand. */
export interface Recording extends Pick<
  RecordingHeader,
  'experiment' | 'points' | 'dimension' | 'subCenters' | 'batch' | 'tests' | 'head'
> {
  readonly data: RecordingHeader['data'] & {
    /** [train + test] */
    readonly labels: Uint8Array<ArrayBuffer>
  }
  /** In order; the first is of step 0. */
  readonly keyframes: readonly Keyframe[]
  /** Of each training batch. */
  readonly losses: Float32Array
  readonly accuracies: Float32Array
  /** All parameters after the last step. */
  readonly parameters: Float32Array
  /** Roots of the optimizer's second moments, or zeros, as means over `PARAMETER_ROW` parameters each. */
  readonly moments: Float32Array
  /**
   * Along which more than three features are shown [3 · d], orthonormal rows; null where they are shown as they are.
   */
  readonly axes: Float32Array | null
}

/** The same recording gives the same bytes, on one version of one browser or Node. */
export async function encodeRecording(recording: Recording): Promise<Uint8Array<ArrayBuffer>> {
  const { data, keyframes, losses, accuracies, parameters } = recording
  const { labels, ...set } = data
  const first = keyframes[0]!
  const header: RecordingHeader = {
    experiment: recording.experiment,
    data: set,
    points: recording.points,
    dimension: recording.dimension,
    subCenters: recording.subCenters,
    batch: recording.batch,
    steps: losses.length,
    keyframes: keyframes.map(({ step }) => step),
    states: first.states.length,
    termStates: first.termStates.length,
    tests: recording.tests,
    parameters: parameters.length,
    head: recording.head,
  }
  const rows = new RowWriter(sizeOf(header))
  rows.bytes(labels)
  const levels = levelsOf(header)
  let features: Float32Array | null = null
  let weights: Float32Array | null = null
  for (const frame of keyframes) {
    features = rows.write(frame.features, levels, features)
    weights = rows.write(frame.weights, LEVELS, weights)
    for (const row of shortRows(frame)) rows.write(row, FINE_LEVELS)
  }
  for (const row of [losses, accuracies]) rows.write(row, FINE_LEVELS)
  for (const row of piecesOf(parameters)) rows.write(row, LEVELS)
  rows.write(recording.moments, FINE_LEVELS)
  if (recording.axes) rows.write(recording.axes, FINE_LEVELS)
  return packFile(MAGIC, asJson(header), rows.finish())
}

/** @throws {RecordingFileError} when the bytes are not such a file, or are damaged. */
export async function decodeRecording(bytes: Uint8Array<ArrayBuffer>): Promise<Recording> {
  if (bytes.length > MOST_BYTES) throw new RecordingFileError('the file is too large')
  const file = openPackedFile(bytes, MAGIC, 'a recording', RecordingFileError)
  const header = parseHeader(file.header)
  const size = sizeOf(header)
  if (size > MOST_INFLATED) throw new RecordingFileError('the file describes more than fits here')
  const rows = new RowReader(await file.inflate(size))
  const { data, points, dimension, subCenters, states, steps } = header
  const classes = data.classes.length
  const labels = rows.bytes(data.train + data.test)
  if (labels.some((label) => label >= classes)) {
    throw new RecordingFileError('the file has a label outside of its classes')
  }
  let features: Float32Array | null = null
  let weights: Float32Array | null = null
  const keyframes = header.keyframes.map((step): Keyframe => ({
    step,
    features: (features = rows.read(points * dimension, features)),
    weights: (weights = rows.read(classes * subCenters * dimension, weights)),
    bias: rows.read(classes),
    classMargins: rows.read(classes),
    states: rows.read(states),
    termStates: header.termStates > 0 ? rows.read(header.termStates) : new Float32Array(0),
  }))
  const losses = rows.read(steps)
  const accuracies = rows.read(steps)
  const parameters = new Float32Array(header.parameters)
  const pieces = piecesOf(parameters)
  for (const piece of pieces) piece.set(rows.read(piece.length))
  const moments = rows.read(pieces.length)
  const axes = hasAxes(header) ? rows.read(3 * dimension) : null
  if (!rows.finite) throw new RecordingFileError('the file has numbers that are not finite')
  const { experiment, batch, tests, head } = header
  return {
    experiment,
    data: { ...data, labels },
    points,
    dimension,
    subCenters,
    batch,
    tests,
    head,
    keyframes,
    losses,
    accuracies,
    parameters,
    moments,
    axes,
  }
}

/**
 * The file of a recording with another header before the same rows, byte for byte.
 * @throws {RecordingFileError} when its own header is not one
 */
export function replaceHeader(
  bytes: Uint8Array<ArrayBuffer>,
  change: Pick<RecordingHeader, 'experiment' | 'head'>,
): Uint8Array<ArrayBuffer> {
  const file = openPackedFile(bytes, MAGIC, 'a recording', RecordingFileError)
  return joinFile(MAGIC, asJson({ ...parseHeader(file.header), ...change }), file.body)
}

/** As it stands in the file. */
function asJson({ head, ...header }: RecordingHeader): object {
  return { version: VERSION, ...header, head: head ?? undefined }
}

/** More features than the eye has room for are shown along axes. */
const hasAxes = ({ dimension }: Pick<RecordingHeader, 'dimension'>): boolean => dimension > 3

const levelsOf = (header: Pick<RecordingHeader, 'dimension'>): number =>
  hasAxes(header) ? COARSE_LEVELS : LEVELS

/** Rows of a keyframe that are short, in their order in the file. */
function shortRows({ bias, classMargins, states, termStates }: Keyframe): Float32Array[] {
  return [bias, classMargins, states, ...(termStates.length > 0 ? [termStates] : [])]
}

/** Views on parts of `parameters`. Each has a scale of its own: layers differ in theirs. */
function piecesOf(parameters: Float32Array): Float32Array[] {
  return Array.from({ length: Math.ceil(parameters.length / PARAMETER_ROW) }, (_, i) =>
    parameters.subarray(i * PARAMETER_ROW, (i + 1) * PARAMETER_ROW),
  )
}

/** Bytes of what a header describes, before compression. */
function sizeOf({
  data,
  points,
  dimension,
  subCenters,
  states,
  termStates,
  ...rest
}: RecordingHeader): number {
  const classes = data.classes.length
  const short = classes * (subCenters * dimension + 2) + states + termStates
  const perKeyframe = 2 * (points * dimension + short) + 4 * (termStates > 0 ? 6 : 5)
  const pieces = Math.ceil(rest.parameters / PARAMETER_ROW)
  const end = 2 * (2 * rest.steps + rest.parameters + pieces) + 4 * (3 + pieces)
  const axes = hasAxes({ dimension }) ? 4 + 6 * dimension : 0
  return data.train + data.test + rest.keyframes.length * perKeyframe + end + axes
}
