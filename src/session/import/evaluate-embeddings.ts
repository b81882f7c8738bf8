import type { Classifier } from '../../geometry/classifier'
import { measure, type Measures } from '../../geometry/measure'
import { PrincipalAxes, project } from '../../geometry/principal-axes'
import { Random } from '../../geometry/random'
import { verify, type Verification } from '../../geometry/verification'
import type { EmbeddingSet } from '../../io/import/embeddings'
import { ImportError } from '../../io/import/errors'

/** As many classes as stage and panels tell apart: labels of points are bytes. */
export const MOST_CLASSES = 256
/** Points that the stage draws smoothly on any machine. */
export const MOST_POINTS = 10_000
/** Principal axes are fitted to so many rows: of more, they hardly differ. */
const FITTED_ROWS = 5000
const ITERATIONS = 30
/** Rows measured between two reports of progress. */
const CHUNK = 1000
/** Of everything drawn at random here: the same file always looks the same. */
const SEED = 1

/** Embeddings with what stage and panels show of them, computed once. */
export interface EvaluatedEmbeddings {
  /** All of them, as they were read. */
  readonly set: EmbeddingSet
  /** Whether class weights came with the set; else the means of the classes stand for them. */
  readonly givenWeights: boolean
  /** Indices of the classes that are shown: all of them, or the largest. n classes of here on. */
  readonly shownClasses: Uint16Array
  /** [n · d] */
  readonly weights: Float32Array
  /** [n], zeros where there are none */
  readonly bias: Float32Array
  /** Where d > 3, three orthonormal directions [3 · d] along which rows vary most; else null. */
  readonly axes: Float32Array | null
  /** Rows of the set, of the classes that are shown, in random order. */
  readonly rows: Uint32Array
  /** Their place in `shownClasses`. */
  readonly labels: Uint8Array
  readonly measures: Measures
  /** [3] for each of the first `MOST_POINTS` rows */
  readonly positions: Float32Array
  /** How well all of them tell their classes apart, pair by pair; null where there is no pair of one class. */
  readonly verification: Verification | null
}

/**
 * Takes seconds for many rows: call it in a worker.
 * @throws {ImportError} when there are not two classes
 */
export function evaluateEmbeddings(
  set: EmbeddingSet,
  onProgress: (share: number) => void,
): EvaluatedEmbeddings {
  if (set.classes.length < 2) {
    throw new ImportError(`${set.name} has only one class`, 'angles need two or more to tell apart')
  }
  const { dimension: d } = set
  const shownClasses = largestClasses(set)
  const { rows, labels } = shuffledRows(set, shownClasses)
  const weights = set.weights ? gather(set.weights, shownClasses, d) : classMeans(set, shownClasses)
  const bias = Float32Array.from(shownClasses, (j) => set.bias?.[j] ?? 0)
  const axes = d > 3 ? fitAxes(gather(set.features, rows.subarray(0, FITTED_ROWS), d), d) : null
  const classifier: Classifier = {
    weights,
    bias,
    subCenters: 1,
    scale: 1,
    normalizeFeatures: false,
    useBias: set.bias !== null,
    // The means of classes say by their direction where a class is, not by their length.
    normalizeWeights: set.weights === null,
  }
  const onStage = rows.subarray(0, MOST_POINTS)
  const positions = new Float32Array(3 * onStage.length)
  project(positions, gather(set.features, onStage, d), onStage.length, d, axes)
  return {
    set,
    givenWeights: set.weights !== null,
    shownClasses,
    weights,
    bias,
    axes,
    rows,
    labels,
    measures: measureRows(set, rows, labels, classifier, onProgress),
    positions,
    verification: verify(set.features, d, set.labels),
  }
}

function largestClasses({ labels, classes }: EmbeddingSet): Uint16Array {
  const sizes = new Uint32Array(classes.length)
  for (const label of labels) sizes[label]!++
  const bySize = Uint16Array.from(sizes, (_, j) => j).sort((a, b) => sizes[b]! - sizes[a]! || a - b)
  return bySize.slice(0, MOST_CLASSES).sort()
}

function shuffledRows({ labels, classes }: EmbeddingSet, shown: Uint16Array) {
  const place = new Int16Array(classes.length).fill(-1)
  shown.forEach((j, at) => (place[j] = at))
  const rows = new Random(SEED, 'embeddings').shuffle(
    Uint32Array.from(labels, (_, i) => i).filter((i) => place[labels[i]!]! >= 0),
  )
  return { rows, labels: Uint8Array.from(rows, (i) => place[labels[i]!]!) }
}

function classMeans({ features, labels, dimension: d }: EmbeddingSet, shown: Uint16Array): Float32Array {
  const place = new Map([...shown].map((j, at) => [j, at]))
  const sums = new Float64Array(shown.length * d)
  const counts = new Uint32Array(shown.length)
  for (let i = 0; i < labels.length; i++) {
    const at = place.get(labels[i]!)
    if (at === undefined) continue
    counts[at]!++
    for (let k = 0; k < d; k++) sums[at * d + k]! += features[i * d + k]!
  }
  return Float32Array.from(sums, (sum, k) => sum / Math.max(1, counts[Math.floor(k / d)]!))
}

function fitAxes(vectors: Float32Array, dimension: number): Float32Array {
  const principal = new PrincipalAxes(dimension, new Random(SEED, 'axes'))
  principal.follow(vectors, ITERATIONS)
  return principal.axes
}

function measureRows(
  { features, dimension }: EmbeddingSet,
  rows: Uint32Array,
  labels: Uint8Array,
  classifier: Classifier,
  onProgress: (share: number) => void,
): Measures {
  const all: Measures = {
    predicted: new Uint16Array(rows.length),
    targetAngle: new Float32Array(rows.length),
    otherAngle: new Float32Array(rows.length),
    otherClass: new Uint16Array(rows.length),
    norm: new Float32Array(rows.length),
  }
  for (let first = 0; first < rows.length; first += CHUNK) {
    const own = rows.subarray(first, first + CHUNK)
    const part = measure(
      gather(features, own, dimension),
      labels.subarray(first, first + CHUNK),
      dimension,
      classifier,
    )
    for (const key of Object.keys(all) as (keyof Measures)[]) all[key].set(part[key], first)
    onProgress((first + own.length) / rows.length)
  }
  return all
}

/** Rows of `from`, one after the other. */
function gather(from: Float32Array, rows: ArrayLike<number>, dimension: number): Float32Array {
  const to = new Float32Array(rows.length * dimension)
  for (let i = 0; i < rows.length; i++) {
    to.set(from.subarray(rows[i]! * dimension, (rows[i]! + 1) * dimension), i * dimension)
  }
  return to
}
