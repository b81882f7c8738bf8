import { LossCaseError, type LossCase } from './loss-types'
import { isRecord } from '../io/is-record'
import { shown } from './shown'

/** A case whose numbers are numbers, and whose rows are as long as they must be. */
export interface CheckedCase extends LossCase {
  readonly params: Readonly<Record<string, unknown>>
  /** d */
  readonly dimension: number
}

/**
 * Checks what can be checked without knowing the loss.
 * @throws {LossCaseError} naming the field that is wrong
 */
export function readCase(value: unknown): CheckedCase {
  if (!isRecord(value)) throw new LossCaseError('case', 'must be an object with loss, x and y')
  const { loss, params = {}, x, W = null, b = null, y, centers = null } = value
  const { classCounts = null, margins = null, kappa = null } = value
  if (typeof loss !== 'string') throw new LossCaseError('loss', 'must be the name of a loss')
  if (!isRecord(params)) throw new LossCaseError('params', 'must be an object')
  const features = matrix('x', x)
  const dimension = features[0]!.length
  const labels = numbers('y', y)
  if (labels.length !== features.length) {
    throw new LossCaseError('y', `must have one label for each of the ${features.length} rows of x`)
  }
  labels.forEach((label, i) => {
    if (!isIndex(label)) throw new LossCaseError('y', `must hold whole numbers from 0: y[${i}] is ${label}`)
  })
  return {
    loss,
    params,
    dimension,
    x: features,
    y: labels,
    W: W === null ? null : matrix('W', W, dimension),
    b: b === null ? null : numbers('b', b),
    centers: centers === null ? null : matrix('centers', centers, dimension),
    classCounts: classCounts === null ? null : counts(classCounts),
    margins: margins === null ? null : numbers('margins', margins),
    kappa: kappa === null ? null : numbers('kappa', kappa),
  }
}

/**
 * What is given for each class must be given for each of them.
 * @throws {LossCaseError} naming the field that is wrong
 */
export function checkClasses(lossCase: CheckedCase, classes: number, by: 'W' | 'centers'): void {
  const { y } = lossCase
  y.forEach((label, i) => {
    if (label >= classes) {
      throw new LossCaseError('y', `has a label that ${by} has no row for: y[${i}] is ${label} of ${classes}`)
    }
  })
  for (const field of ['b', 'centers', 'classCounts', 'margins', 'kappa'] as const) {
    const given = lossCase[field]
    if (given && given.length !== classes) {
      throw new LossCaseError(field, `must have one entry for each of the ${classes} classes`)
    }
  }
}

/** A whole number that fits into the kernels' integers. */
const isIndex = (value: number): boolean => Number.isInteger(value) && value >= 0 && value < 2 ** 31

function matrix(field: string, value: unknown, width?: number): readonly (readonly number[])[] {
  if (!Array.isArray(value) || value.length === 0) throw new LossCaseError(field, 'must be a list of rows')
  // A list with holes has no entries there that map would visit.
  const rows = Array.from(value as unknown[], (row, i) => numbers(field, row, `[${i}]`))
  const columns = width ?? rows[0]!.length
  if (columns === 0) throw new LossCaseError(field, 'must have rows of at least one number')
  rows.forEach((row, i) => {
    if (row.length === columns) return
    const expected = width === undefined ? `${columns}, as the first row has` : `${columns}, as x has`
    throw new LossCaseError(
      field,
      `must have the same number of columns everywhere: ${field}[${i}] has ${row.length}, not ${expected}`,
    )
  })
  return rows
}

function numbers(field: string, value: unknown, at = ''): readonly number[] {
  if (!Array.isArray(value))
    throw new LossCaseError(field, `must be ${at ? 'a list of rows' : 'a list'} of numbers`)
  return Array.from(value as unknown[], (entry, i) => {
    if (typeof entry === 'number' && Number.isFinite(entry)) return entry
    throw new LossCaseError(field, `must hold finite numbers: ${field}${at}[${i}] is ${shown(entry)}`)
  })
}

function counts(value: unknown): readonly number[] {
  const all = numbers('classCounts', value)
  if (all.every((count) => Number.isInteger(count) && count > 0)) return all
  throw new LossCaseError('classCounts', 'must hold whole numbers from 1')
}
