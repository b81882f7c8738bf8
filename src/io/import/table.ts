import {
  countLines,
  decodeText,
  type Delimiter,
  eachRow,
  findDelimiter,
  isNumeric,
  notANumber,
  toNumber,
} from './delimited'
import { count, ImportError, type SourceFile } from './errors'
import { checkMatrix, type Matrix } from './npy'

/** Numbers from delimited text, and the labels beside them, if any. */
export interface Table {
  readonly matrix: Matrix
  /** [rows] */
  readonly labels: readonly string[] | null
}

/** Names of a column of labels, the surest first. */
const LABEL_NAMES = ['label', 'labels', 'class', 'target', 'identity', 'person', 'y', 'species', 'name', 'id']

const SAMPLE_ROWS = 50

/** Reads a table whose columns are numbers, and one of them labels if `withLabels`. @throws {ImportError} */
export function readTable(file: SourceFile, withLabels: boolean): Table {
  const { name } = file
  const text = decodeText(file)
  const delimiter = findDelimiter(file, text) ?? ','
  const layout = findLayout(name, text, delimiter, withLabels)
  const { columns, label, header } = layout
  const numbers = label === null ? columns : columns - 1
  if (numbers === 0)
    throw new ImportError(`${name} has no columns of numbers`, 'choose a table of features or pixels')
  const most = countLines(text)
  checkMatrix(name, most, numbers)
  // A number takes a character and what follows it, so that a short text with a long first row takes little.
  const values = new Float32Array(Math.min(most * numbers, (text.length + 1) >> 1))
  const labels: string[] = []
  let rows = 0
  eachRow(name, text, delimiter, (fields, row) => {
    if (header && row === 0) return
    checkLength(name, fields, row, columns)
    let at = rows * numbers
    for (let k = 0; k < columns; k++) {
      if (k === label) {
        labels.push(fields[k]!)
        continue
      }
      const value = Math.fround(toNumber(fields[k]!))
      if (!Number.isFinite(value)) notANumber(name, row, k, fields[k]!)
      values[at++] = value
    }
    rows++
  })
  if (rows === 0) throw new ImportError(`${name} has no rows of numbers`, 'choose another file')
  const matrix = { name, rows, columns: numbers, values: values.subarray(0, rows * numbers) }
  return { matrix, labels: label === null ? null : labels }
}

function checkLength(name: string, fields: readonly string[], row: number, columns: number): void {
  if (fields.length === columns) return
  throw new ImportError(
    `${name} has ${count(fields.length)} columns in row ${count(row + 1)}, but ${count(columns)} in the first`,
    'give every row the same columns',
  )
}

interface Layout {
  readonly columns: number
  readonly header: boolean
  /** The column of labels. */
  readonly label: number | null
}

function findLayout(name: string, text: string, delimiter: Delimiter, withLabels: boolean): Layout {
  const sample: string[][] = []
  eachRow(name, text, delimiter, (fields) => {
    checkLength(name, fields, sample.length, sample[0]?.length ?? fields.length)
    sample.push([...fields])
    return sample.length < SAMPLE_ROWS
  })
  const [first, second] = sample
  if (!first) throw new ImportError(`${name} has no rows`, 'choose another file')
  const header =
    second !== undefined && first.some((field, k) => !isNumeric(field) && isNumeric(second[k] ?? ''))
  const columns = first.length
  if (!withLabels) return { columns, header, label: null }
  const label = labelColumn(header ? first : null, header ? sample.slice(1) : sample, columns)
  if (label === null) {
    throw new ImportError(
      `${name} has ${count(columns)} columns of numbers, but none of them is clearly the label`,
      'name the columns in a first line and call one of them "label", or choose a file of labels too',
    )
  }
  return { columns, header, label }
}

/** The column that a header calls so; or the only one of texts; or the first or last, of whole numbers. */
function labelColumn(
  header: readonly string[] | null,
  rows: readonly string[][],
  columns: number,
): number | null {
  const names = header?.map((title) => title.trim().toLowerCase()) ?? []
  const named = LABEL_NAMES.map((title) => names.indexOf(title)).find((k) => k >= 0)
  if (named !== undefined) return named
  const is = (k: number, test: (field: string) => boolean): boolean => rows.every((row) => test(row[k] ?? ''))
  const texts = Array.from({ length: columns }, (_, k) => k).filter((k) => !is(k, isNumeric))
  if (texts.length > 0) return texts.length === 1 ? texts[0]! : null
  const whole = (k: number): boolean => is(k, (field) => /^\s*\d+(\.0*)?\s*$/.test(field))
  // A square image and one more: MNIST and its kin keep the label first.
  const square = Number.isInteger(Math.sqrt(columns - 1)) && columns > 64
  // All the columns of a square image without a label.
  if (!square && columns > 64 && Number.isInteger(Math.sqrt(columns)) && is(0, (f) => Number(f) === 0))
    return null
  if (whole(0)) return 0
  return whole(columns - 1) ? columns - 1 : null
}

/**
 * The labels of `rows` rows from a text file: one a line, or a column of a table. The first line is a header if
 * there is one line more than rows (metadata.tsv of TensorBoard's projector).
 * @throws {ImportError} when there are more or fewer
 */
export function readLabelTexts(
  file: SourceFile,
  features: { readonly name: string; readonly rows: number },
): string[] {
  const { name } = file
  const text = decodeText(file)
  const delimiter = findDelimiter(file, text) ?? '\t'
  let header: string[] = []
  let found = 0
  eachRow(name, text, delimiter, (fields) => {
    if (found++ === 0) header = fields.map((field) => field.trim().toLowerCase())
  })
  const hasHeader = found === features.rows + 1
  if (!hasHeader && found !== features.rows) {
    throw new ImportError(
      `${name} has ${count(found)} labels, but ${features.name} has ${count(features.rows)} rows`,
      'choose two files of the same set',
    )
  }
  const column = Math.max(
    0,
    hasHeader ? (LABEL_NAMES.map((t) => header.indexOf(t)).find((k) => k >= 0) ?? 0) : 0,
  )
  const labels: string[] = []
  eachRow(name, text, delimiter, (fields, row) => {
    if (!(hasHeader && row === 0)) labels.push(fields[column] ?? '')
  })
  return labels
}
