import { LossCaseError, type LossCase } from './loss-types'

/** Inputs that are numbers, and how a sentence says where in them one is. */
const ARRAYS = ['x', 'W', 'b', 'centers', 'margins', 'kappa'] as const

/** A number of a case. */
interface Entry {
  /** As "x" or "params.scale". */
  readonly field: string
  /** As "x[0][1]". */
  readonly at: string
  readonly value: number
}

/**
 * Which input of a case makes a result that is not finite: the one with whose numbers cut to a usual size, or as they
 * are by default, it is finite; else that with the largest number.
 * @param result the part of the result that is not finite
 * @param isFinite whether another case has a finite result
 */
export function blame(
  lossCase: LossCase,
  result: string,
  isFinite: (other: LossCase) => boolean,
): LossCaseError {
  const fields = [...new Set(entriesOf(lossCase).map(({ field }) => field))]
  const bySize = fields.map((field) => largest(lossCase, field)).sort((a, b) => size(b) - size(a))
  const cause = bySize.find(({ field }) => finiteWithout(lossCase, field, isFinite)) ?? bySize[0]!
  const what = result === 'loss' ? 'the loss' : `the loss's "${result}"`
  const is = cause.at === cause.field ? 'it' : cause.at
  return new LossCaseError(cause.field, `makes ${what} something that is not finite: ${is} is ${cause.value}`)
}

const size = ({ value }: Entry): number => Math.abs(value)

function entriesOf(lossCase: LossCase): Entry[] {
  const entries: Entry[] = []
  const collect = (field: string, at: string, value: unknown): void => {
    if (typeof value === 'number') entries.push({ field, at, value })
    else if (Array.isArray(value)) value.forEach((part, i) => collect(field, `${at}[${i}]`, part))
  }
  for (const field of ARRAYS) collect(field, field, lossCase[field])
  for (const [id, value] of Object.entries(lossCase.params ?? {}))
    collect(`params.${id}`, `params.${id}`, value)
  return entries
}

function largest(lossCase: LossCase, field: string): Entry {
  const own = entriesOf(lossCase).filter((entry) => entry.field === field)
  return own.reduce((a, b) => (size(b) > size(a) ? b : a))
}

/** Whether the case has a finite result with usual numbers in one of its fields. */
function finiteWithout(lossCase: LossCase, field: string, isFinite: (other: LossCase) => boolean): boolean {
  const [, id] = field.split('.')
  const params = Object.entries(lossCase.params ?? {}).filter(([name]) => `params.${name}` !== field)
  const change =
    id === undefined ? { [field]: tamed(lossCase[field as 'x']) } : { params: Object.fromEntries(params) }
  try {
    return isFinite({ ...lossCase, ...change })
  } catch (error) {
    if (error instanceof LossCaseError) return false
    throw error
  }
}

/** Largest size of what is tamed. */
const USUAL = 10

/** The same array with no number beyond ±10. */
function tamed(value: unknown): unknown {
  if (typeof value === 'number') return Math.max(-USUAL, Math.min(USUAL, value))
  return Array.isArray(value) ? value.map(tamed) : value
}
