import { count, ImportError, plural, type SourceFile } from './errors'
import { type Labels, labelsAsRows, labelsFrom } from './labels'
import { looksLikeNpy, type Matrix, type NpyArray, readNpy, toMatrix } from './npy'
import { looksLikeZip, readNpz } from './npz'
import { readLabelTexts, readTable } from './table'

/** Features that were computed elsewhere, of any dimension. */
export interface EmbeddingSet {
  readonly kind: 'embeddings'
  readonly name: string
  readonly dimension: number
  /** [n · dimension]; may be a view on the bytes of the file. */
  readonly features: Float32Array<ArrayBuffer>
  /** [n] indices of `classes`. */
  readonly labels: Uint16Array
  readonly classes: readonly string[]
  /** [classes · dimension] class weights, if there was a file of them. */
  readonly weights: Float32Array<ArrayBuffer> | null
  /** [classes] */
  readonly bias: Float32Array<ArrayBuffer> | null
}

type Role = 'features' | 'labels' | 'weights' | 'bias'

/** What is in the file is told by its name, as the keys of an NPZ are. */
const ROLES: readonly (readonly [Role, RegExp])[] = [
  ['bias', /bias|^b$/i],
  ['labels', /label|target|metadata|identit|^y($|_)/i],
  ['weights', /weight|prototype|centroid|^w$/i],
  ['features', /feature|embed|vector|^x($|_)/i],
]

interface Part {
  readonly name: string
  readonly role: Role | null
  /** null for text, which is read when it is known what for. */
  readonly array: NpyArray | null
  readonly file: SourceFile
}

/** Rows of numbers with a label each, and what else came with them. */
interface LabelledRows {
  readonly name: string
  readonly matrix: Matrix
  readonly labels: Labels
  readonly weights: Matrix | null
  /** [weights.rows] */
  readonly bias: Float32Array<ArrayBuffer> | null
}

/**
 * Reads features with their labels, and class weights and biases if they are there: NPY, NPZ, CSV or TSV, as one
 * file or several.
 * @throws {ImportError}
 */
export async function readLabelledRows(files: readonly SourceFile[]): Promise<LabelledRows> {
  const parts: Part[] = []
  for (const file of files) parts.push(...(await open(file)))
  const roles = assign(parts)
  const features = roles.get('features')
  if (!features) {
    throw new ImportError(
      `${parts[0]!.name} comes without features`,
      'choose the file of features with it, with "features" in its name',
    )
  }
  const labelPart = roles.get('labels')
  const table = features.array ? null : readTable(features.file, !labelPart)
  const matrix = features.array ? toMatrix(features.array) : table!.matrix
  const weightPart = roles.get('weights')
  const biasPart = roles.get('bias')
  const weights = weightPart ? readMatrix(weightPart) : null
  const labels = labelPart
    ? readLabels(labelPart, matrix)
    : labelsFrom(matrix.name, table?.labels ?? missingLabels(matrix))
  return {
    name: files[0]!.name,
    matrix,
    labels: weights ? labelsAsRows(labels, weights) : labels,
    weights,
    bias: biasPart ? readBias(biasPart, weights) : null,
  }
}

/** @throws {ImportError} when the rows are no features, or the class weights are of another dimension */
export function toEmbeddings({ name, matrix, labels, weights, bias }: LabelledRows): EmbeddingSet {
  if (matrix.columns < 2) {
    throw new ImportError(
      `${matrix.name} has only one column of numbers`,
      'features need two dimensions or more',
    )
  }
  if (weights && weights.columns !== matrix.columns) {
    throw new ImportError(
      `${weights.name} has ${plural(weights.columns, 'column')}, but ${matrix.name} has ${count(matrix.columns)}`,
      'choose class weights with one row for each class and the features of the same layer',
    )
  }
  return {
    kind: 'embeddings',
    name,
    dimension: matrix.columns,
    features: matrix.values,
    labels: labels.indices,
    classes: labels.classes,
    weights: weights?.values ?? null,
    bias,
  }
}

async function open(file: SourceFile): Promise<Part[]> {
  const part = (array: NpyArray | null, key: string): Part => ({
    name: array?.name ?? file.name,
    role: roleOf(key),
    array,
    file,
  })
  const base = file.name.replace(/^.*[/\\]/, '').replace(/\.[^.]*$/, '')
  if (looksLikeZip(file)) {
    // np.savez without keywords says nothing in its keys.
    return (await readNpz(file)).map(({ key, array }) => part(array, /^arr_\d+$/.test(key) ? base : key))
  }
  return [part(looksLikeNpy(file) ? readNpy(file) : null, base)]
}

const roleOf = (key: string): Role | null => ROLES.find(([, pattern]) => pattern.test(key))?.[0] ?? null

/** Names decide; of those without, an array in one dimension holds labels and any other thing features. */
function assign(parts: readonly Part[]): Map<Role, Part> {
  const roles = new Map<Role, Part>()
  const take = (role: Role, part: Part): void => {
    const other = roles.get(role)
    if (other) {
      throw new ImportError(
        `Both ${other.name} and ${part.name} could be the ${role}`,
        'put "features", "labels", "weights" and "bias" into the names of the files',
      )
    }
    roles.set(role, part)
  }
  for (const part of parts) if (part.role) take(part.role, part)
  for (const part of parts) if (!part.role) take(part.array?.shape.length === 1 ? 'labels' : 'features', part)
  return roles
}

const readMatrix = ({ array, file }: Part): Matrix =>
  array ? toMatrix(array) : readTable(file, false).matrix

function readLabels({ name, array, file }: Part, features: Matrix): Labels {
  if (!array) return labelsFrom(name, readLabelTexts(file, features))
  if (array.data.length !== features.rows) {
    throw new ImportError(
      `${name} has ${plural(array.data.length, 'label')}, but ${features.name} has ${plural(features.rows, 'row')}`,
      'choose two files of the same set',
    )
  }
  for (const value of array.data) {
    if (Number(value) < 0 || (typeof value === 'number' && !Number.isInteger(value))) {
      throw new ImportError(`${name} has the label ${value}`, 'labels must be whole numbers from 0')
    }
  }
  return labelsFrom(name, array.data)
}

function missingLabels({ name }: Matrix): never {
  throw new ImportError(
    `${name} has features without labels`,
    'choose the file of labels with it, with "labels" or "metadata" in its name',
  )
}

function readBias(part: Part, weights: Matrix | null): Float32Array<ArrayBuffer> {
  if (!weights) {
    throw new ImportError(
      `${part.name} has biases without class weights`,
      'choose the file of class weights with it',
    )
  }
  const { values } = readMatrix(part)
  if (values.length === weights.rows) return values
  throw new ImportError(
    `${part.name} has ${plural(values.length, 'bias', 'biases')}, ` +
      `but ${weights.name} has ${plural(weights.rows, 'row')}`,
    'choose files of the same model',
  )
}
