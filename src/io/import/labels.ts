import { count, ImportError } from './errors'
import { LIMITS, within } from './limits'

/** Which class each row belongs to. */
export interface Labels {
  readonly name: string
  /** [rows] indices of `classes`. */
  readonly indices: Uint16Array
  readonly classes: readonly string[]
  /** Whether the classes were given as the numbers 0, 1, 2, …, and so are rows of class weights. */
  readonly numbered: boolean
}

/**
 * Classes sorted by number where all are whole numbers, by name otherwise, as PyTorch's ImageFolder does.
 * @param values one for each row, as texts or numbers
 * @throws {ImportError} when there are too many classes
 */
export function labelsFrom(name: string, values: ArrayLike<string | number | bigint>): Labels {
  const first = new Map<string, number>()
  const order = new Uint32Array(values.length)
  for (let i = 0; i < values.length; i++) {
    const text = labelText(values[i]!)
    let index = first.get(text)
    if (index === undefined) {
      index = first.size
      within(
        index + 1,
        LIMITS.classes,
        `${name} has ${count(index + 1)} or more classes`,
        'choose a part of them',
      )
      first.set(text, index)
    }
    order[i] = index
  }
  const found = [...first.keys()]
  const whole = found.every((text) => /^\d{1,9}$/.test(text))
  const classes = whole ? found.sort((a, b) => Number(a) - Number(b)) : found.sort(byCodePoint)
  const place = new Map(classes.map((text, i) => [text, i]))
  const moved = Uint16Array.from(first.keys(), (text) => place.get(text)!)
  return { name, classes, numbered: whole, indices: Uint16Array.from(order, (index) => moved[index]!) }
}

/** The same everywhere, whatever language the browser speaks. */
const byCodePoint = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const MOST_CHARACTERS = 80

/** "3", "3.0" and 3 are one class; a long text is cut. */
function labelText(value: string | number | bigint): string {
  const text = String(value).trim()
  if (/^\d+\.0*$/.test(text)) return text.slice(0, text.indexOf('.'))
  return text === '' ? '(none)' : text.slice(0, MOST_CHARACTERS)
}

/**
 * Labels that are numbers, as rows of class weights: class j is row j, whether it has samples or not.
 * @throws {ImportError} when a label has no row
 */
export function labelsAsRows(
  labels: Labels,
  weights: { readonly name: string; readonly rows: number },
): Labels {
  if (!labels.numbered) {
    if (labels.classes.length === weights.rows) return labels
    throw new ImportError(
      `${weights.name} has ${count(weights.rows)} class weights, but ` +
        `${labels.name} has ${count(labels.classes.length)} classes`,
      'give labels as numbers 0, 1, 2, … that say which row is their class weight',
    )
  }
  within(
    weights.rows,
    LIMITS.classes,
    `${weights.name} has ${count(weights.rows)} class weights`,
    'save those of some classes, with labels that count them from 0',
  )
  const largest = Number(labels.classes.at(-1))
  if (largest >= weights.rows) {
    throw new ImportError(
      `${labels.name} has the label ${largest}, but ${weights.name} ` +
        `has only ${count(weights.rows)} class weights, from 0`,
      'choose files of the same model',
    )
  }
  const rows = labels.classes.map(Number)
  return {
    ...labels,
    classes: Array.from({ length: weights.rows }, (_, j) => String(j)),
    indices: labels.indices.map((index) => rows[index]!),
  }
}
