import { count, ImportError, plural, quote, type SourceFile } from './errors'
import { LIMITS, MIB, within } from './limits'

/** The text of a file. @throws {ImportError} when it is too large or no UTF-8. */
export function decodeText({ name, bytes }: SourceFile): string {
  const size = Math.ceil(bytes.length / MIB)
  within(
    size,
    LIMITS.text / MIB,
    `${name} has ${plural(size, 'MiB', 'MiB')} of text`,
    'save it as NPY, which is smaller',
  )
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new ImportError(`${name} is not text in UTF-8`, 'choose another file, or save it as UTF-8', {
      cause,
    })
  }
}

/** An upper bound of the number of rows: lines that are not empty, however they end. */
export function countLines(text: string): number {
  let lines = 0
  let inLine = false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    const isEnd = code === 10 || code === 13
    if (!isEnd && !inLine) lines++
    inLine = !isEnd
  }
  return lines
}

export type Delimiter = ',' | ';' | '\t' | ' '

/** Fields of a row; one more than columns may be, for the label. */
const MOST_FIELDS = LIMITS.columns + 1

/**
 * Walks the rows of delimited text (RFC 4180: fields may be in double quotes) without holding more than one.
 * Empty lines are passed over.
 * @param onRow gets the fields, in an array that is used again; returning false ends the walk
 * @throws {ImportError} when a row has too many fields, or a quote is not closed
 */
export function eachRow(
  name: string,
  text: string,
  delimiter: Delimiter,
  onRow: (fields: readonly string[], row: number) => boolean | undefined,
): void {
  const separator = delimiter.charCodeAt(0)
  const fields: string[] = []
  let row = 0
  let at = 0
  const endRow = (): boolean => {
    const empty = fields.length === 1 && fields[0]!.trim() === ''
    const go = empty || onRow(fields, row++) !== false
    fields.length = 0
    return go
  }
  while (at < text.length) {
    // Spaces separate by runs.
    if (delimiter === ' ') while (text.charCodeAt(at) === 32) at++
    const quoted = text.charCodeAt(at) === 34
    const start = at
    let end: number
    if (quoted) {
      at++
      for (;;) {
        at = text.indexOf('"', at)
        if (at < 0)
          throw new ImportError(`${name} has a quote in row ${count(row + 1)} that is not closed`, 'close it')
        if (text.charCodeAt(at + 1) !== 34) break
        at += 2
      }
      end = at++
    } else end = at
    // After a closing quote nothing should follow before the separator; if something does, it is not read.
    while (at < text.length) {
      const code = text.charCodeAt(at)
      if (code === separator || code === 10 || code === 13) break
      at++
    }
    if (!quoted) end = at
    const lineEnds = text.charCodeAt(at) !== separator
    const field = quoted ? text.slice(start + 1, end).replaceAll('""', '"') : text.slice(start, end)
    // Spaces at the end of a line separate it from nothing.
    if (!(delimiter === ' ' && field === '' && fields.length > 0)) fields.push(field)
    if (fields.length > MOST_FIELDS) {
      throw new ImportError(
        `${name} has more than ${count(MOST_FIELDS)} columns`,
        'choose a table of features or of small images',
      )
    }
    if (!lineEnds) {
      at++
      // A separator at the very end is followed by an empty field.
      if (at >= text.length && delimiter !== ' ') fields.push('')
      continue
    }
    if (text.charCodeAt(at) === 13 && text.charCodeAt(at + 1) === 10) at++
    at++
    if (!endRow()) return
  }
  if (fields.length > 0) endRow()
}

/** A field as a finite number, or NaN. */
export function toNumber(field: string): number {
  // An empty text would count as 0, and infinity as a number.
  if (field === '' || field.trim() === '') return NaN
  const value = Number(field)
  return Number.isFinite(value) ? value : NaN
}

/** Whether a field is a number, see `toNumber`. */
export const isNumeric = (field: string): boolean => !Number.isNaN(toNumber(field))

/**
 * What separates the fields of a text: tab, semicolon or comma, the first that its first line has; or spaces, where
 * the line is nothing but numbers between them.
 * @returns null when there is one column only
 */
export function findDelimiter({ name }: { readonly name: string }, text: string): Delimiter | null {
  const firstLine = /[^\r\n]{0,100000}/.exec(text.slice(0, 200_000).replace(/^[\r\n]+/, ''))![0]
  if (/\.tsv$/i.test(name)) return '\t'
  for (const delimiter of ['\t', ';', ','] as const) if (firstLine.includes(delimiter)) return delimiter
  const parts = firstLine.trim().split(/ +/)
  return parts.length > 1 && parts.every(isNumeric) ? ' ' : null
}

/** @throws {ImportError} that tells the place of a field that should be a number. */
export function notANumber(name: string, row: number, column: number, field: string): never {
  throw new ImportError(
    `${name} has ${quote(field)} in row ${count(row + 1)}, column ${count(column + 1)}, where a number belongs`,
    'choose a table of numbers with one column of labels at most',
  )
}
